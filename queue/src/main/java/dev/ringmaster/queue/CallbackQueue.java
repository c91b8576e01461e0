package dev.ringmaster.queue;

import dev.ringmaster.queue.OwnerThread.Place;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.desk.Results;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The queue of results that are to be posted. It is a queue like any other, with retries and dead
/// letters; its courier calls URLs. A result is kept in the commit that ends its message, once.
final class CallbackQueue implements Results {
  static final String NAME = "ringmaster.callbacks";

  /// Calls at a time: each has a connection of its own.
  private static final int IN_FLIGHT = 32;

  private final Supplier<@Nullable Place> place;
  private volatile @Nullable Calling calling;

  /// @param courier posts
  /// @param text what is posted of a message of a queue
  private record Calling(Courier courier, BiFunction<String, MessageStatus, byte[]> text) {}

  /// @param place the queue's own; null as long as it has not been made
  CallbackQueue(Supplier<@Nullable Place> place) {
    this.place = place;
  }

  void callBy(Courier courier, BiFunction<String, MessageStatus, byte[]> text) {
    calling = new Calling(courier, text);
  }

  boolean isOn() {
    return calling != null;
  }

  @Nullable Courier courier() {
    Calling now = calling;
    return now == null ? null : now.courier;
  }

  static QueueTerms terms() {
    QueueTerms.Limits like = QueueTerms.Limits.DEFAULT;
    return new QueueTerms(
        NAME,
        NAME,
        "/",
        SHARDS,
        new QueueTerms.Limits(
            like.messages(),
            like.bytes(),
            like.oldest(),
            like.messageBytes(),
            IN_FLIGHT,
            like.subscriptions()),
        QueueTerms.Retry.DEFAULT,
        QueueTerms.Results.DEFAULT);
  }

  /// Nothing here has a key.
  private static final int SHARDS = 4;

  @Override
  public Order.@Nullable Append order(String queue, Message message, MessageStatus status) {
    Calling now = calling;
    Place to = place.get();
    if (now == null || to == null) {
      return null;
    }
    String url = Objects.requireNonNull(message.callback());
    byte[] head =
        ("POST " + url + " HTTP/1.1\r\nContent-Type: application/json\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    Content content = new Content(head, now.text.apply(queue, status));
    String once = queue + "/" + message.id() + "/" + message.seq();
    return to.desk().append(new Draft(new byte[0], Draft.ANY_SHARD, content, 0, once, null));
  }

  @Override
  public void kept(Order.Append order, Effect effect) {
    Place to = place.get();
    if (to != null) {
      to.execute(() -> to.desk().kept(order, effect));
    }
  }
}
