package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Entry;

/// A message in a log.
record Line(Message message, int attempts, long notBeforeMs, boolean delayed) {

  Entry entry() {
    return new Entry(
        message.seq(),
        message.lane(),
        message.slot(),
        attempts,
        notBeforeMs,
        delayed,
        message.acceptedMs(),
        message.content().bytes());
  }

  Line postponed(int attempts, long notBeforeMs) {
    return new Line(message, attempts, notBeforeMs, false);
  }

  /// At another place, as if accepted then.
  static Line anew(Message old, long seq, long atMs) {
    Message message =
        new Message(
            old.id(), old.key(), old.lane(), old.slot(), seq, atMs, old.content(), old.callback());
    return new Line(message, 0, 0, false);
  }
}
