package dev.ringmaster.gateway.own;

import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import java.util.Map;

/// Where a request goes that shall wait: the queues, and what may be said to them in its headers.
public interface QueueDoor {

  /// The queues.
  QueueControl queues();

  /// Reads what the request says to the queue.
  ///
  /// @param said its header values by lower-case name, of a repeated one the first; read are
  ///   `queue-not-before`, `queue-callback` and `idempotency-key`
  /// @param key the key's bytes; empty for none
  /// @param nowMs Unix milliseconds
  /// @return the message, or what is wrong with it
  Reply<Draft> draft(Map<String, String> said, byte[] key, Content content, long nowMs);
}
