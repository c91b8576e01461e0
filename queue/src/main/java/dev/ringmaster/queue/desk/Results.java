package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import org.jspecify.annotations.Nullable;

/// Whoever takes the results of messages that have a callback, as messages of a queue of their own:
/// kept in the same commit as the end that they tell of.
public interface Results {

  /// The order that keeps a result.
  ///
  /// @return null if there is nobody to post it
  Order.@Nullable Append order(String queue, Message message, MessageStatus status);

  /// What came of it; called in the order of the commits.
  void kept(Order.Append order, Effect effect);
}
