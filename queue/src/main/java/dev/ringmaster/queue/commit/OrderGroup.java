package dev.ringmaster.queue.commit;

import dev.ringmaster.queue.store.Order;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Orders that are carried out together or not at all.
///
/// @param appends whether it adds a message, which takes room that is given back only later
/// @param bytes of the messages that it adds
record OrderGroup(
    List<Order> orders, boolean appends, long bytes, CompletableFuture<Committed> ended) {

  static OrderGroup of(List<Order> orders) {
    boolean appends = false;
    long bytes = 0;
    for (Order order : orders) {
      if (order instanceof Order.Append append) {
        appends = true;
        bytes += append.draft().content().bytes();
      }
    }
    return new OrderGroup(orders, appends, bytes, new CompletableFuture<>());
  }
}
