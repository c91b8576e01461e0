package dev.ringmaster.console.queue;

import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.console.queue.read.Drafts;
import dev.ringmaster.gateway.own.QueueDoor;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import java.util.Map;

/// Requests that shall wait (`Prefer: respond-async`), read by the rules of the queues' endpoints.
public record WaitingRequests(QueueControl queues, CallbackRule callbacks) implements QueueDoor {

  @Override
  public Reply<Draft> draft(Map<String, String> said, byte[] key, Content content, long nowMs) {
    try {
      return new Reply.Done<>(Drafts.ofWaiting(said, key, content, callbacks, nowMs));
    } catch (CallbackRule.Forbidden e) {
      return new Reply.Refused<>(Refusal.FORBIDDEN, String.valueOf(e.getMessage()), -1);
    } catch (IllegalArgumentException e) {
      return new Reply.Refused<>(Refusal.INVALID, String.valueOf(e.getMessage()), -1);
    }
  }
}
