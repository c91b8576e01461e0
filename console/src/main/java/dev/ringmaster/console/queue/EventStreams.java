package dev.ringmaster.console.queue;

import dev.ringmaster.queue.control.Receipt;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams that are open, so that they learn which of their messages are ended.
final class EventStreams {
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

  void add(EventStream stream) {
    open.add(stream);
  }

  void remove(EventStream stream) {
    open.remove(stream);
  }

  /// These leases are over.
  void ended(String queue, String subscription, List<Receipt> receipts) {
    for (EventStream stream : open) {
      if (stream.isOf(queue, subscription)) {
        stream.ended(receipts);
      }
    }
  }

  /// These leases last longer.
  void extended(String queue, String subscription, List<Receipt> receipts, long untilMs) {
    for (EventStream stream : open) {
      if (stream.isOf(queue, subscription)) {
        stream.extended(receipts, untilMs);
      }
    }
  }
}
