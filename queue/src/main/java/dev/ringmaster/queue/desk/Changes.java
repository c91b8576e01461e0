package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueTerms.Dead;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.desk.Waiters.Waiter;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Changes of a queue itself: its terms, its subscriptions, whether it flows. On disk first, then
/// at the desk, then visible, then answered.
final class Changes {
  private final Floor floor;
  private final Shards shards;
  private final Supplier<QueueView> publish;

  /// @param publish makes visible what is changed
  Changes(Floor floor, Shards shards, Supplier<QueueView> publish) {
    this.floor = floor;
    this.shards = shards;
    this.publish = publish;
  }

  /// Other terms have been stored.
  void termed(QueueTerms terms, CompletableFuture<Reply<QueueView>> reply) {
    Dead before = floor.terms.retry().dead();
    floor.terms = terms;
    if (before != terms.retry().dead()) {
      floor.lines().forEach(line -> line.logs().forEach(shards::block));
    }
    done(reply);
  }

  void pause(boolean paused, CompletableFuture<Reply<QueueView>> reply) {
    change(
        new Order.Pause(floor.number, paused),
        reply,
        effect -> {
          floor.paused = paused;
          done(reply);
        });
  }

  void subscribe(String name, CompletableFuture<Reply<QueueView>> reply) {
    int most = floor.terms.limits().subscriptions();
    if (floor.line(name) != null) {
      done(reply);
    } else if (floor.lines().size() >= most) {
      reply.complete(
          new Reply.Refused<>(
              Refusal.INVALID, "a queue has at most " + most + " subscriptions", -1));
    } else {
      change(
          new Order.PutSubscription(floor.number, name),
          reply,
          effect -> subscribed(name, effect, reply));
    }
  }

  private void subscribed(String name, Effect effect, CompletableFuture<Reply<QueueView>> reply) {
    if (effect instanceof Effect.Numbered(int number)) {
      subscribed(name, number);
    }
    done(reply);
  }

  private void subscribed(String name, int number) {
    if (floor.line(name) == null) {
      Line line = new Line(name, number);
      floor.add(line);
      shards.open(line);
    }
  }

  void unsubscribe(Line line, CompletableFuture<Reply<QueueView>> reply) {
    change(
        new Order.DropSubscription(floor.number, line.number),
        reply,
        effect -> {
          end(line, "the subscription has been removed");
          floor.remove(line);
          done(reply);
        });
  }

  /// The queue is removed with all that it holds.
  ///
  /// @param gone told when it is
  void remove(CompletableFuture<Reply<QueueView>> reply, Runnable gone) {
    change(
        new Order.DropQueue(floor.number),
        reply,
        effect -> {
          gone.run();
          removed();
          done(reply);
        });
  }

  /// The queue is not there any more.
  void removed() {
    floor.lines().forEach(line -> end(line, "the queue has been removed"));
    List.copyOf(floor.lines()).forEach(floor::remove);
    floor.epochs.clear();
  }

  /// Another process may have changed the queue: this is how it is now.
  void seen(StoredQueue stored) {
    Dead before = floor.terms.retry().dead();
    floor.terms = stored.terms();
    floor.slots = stored.slots();
    floor.paused = stored.paused();
    for (Line line : List.copyOf(floor.lines())) {
      if (!stored.subscriptions().containsValue(line.number)) {
        end(line, "the subscription has been removed");
        floor.remove(line);
      }
    }
    stored.subscriptions().forEach((name, number) -> subscribed(name, number));
    if (before != floor.terms.retry().dead()) {
      floor.lines().forEach(line -> line.logs().forEach(shards::block));
    }
    var _ = publish.get();
  }

  private void end(Line line, String why) {
    shards.close(line);
    for (Waiter waiter : line.waiters.removeAll()) {
      waiter.refuse(new Reply.Refused<>(Refusal.UNKNOWN, why, -1));
    }
  }

  private void change(
      Order order, CompletableFuture<Reply<QueueView>> reply, Consumer<Effect> then) {
    var _ =
        floor
            .tools
            .committer()
            .submit(List.of(order))
            .thenAccept(
                committed -> floor.tools.self().execute(() -> came(committed, reply, then)));
  }

  private static void came(
      Committed committed, CompletableFuture<Reply<QueueView>> reply, Consumer<Effect> then) {
    switch (committed) {
      case Committed.Durable(List<Effect> effects) -> then.accept(effects.getFirst());
      case Committed.Failed failed -> reply.complete(Intake.refused(failed.fault()));
    }
  }

  private void done(CompletableFuture<Reply<QueueView>> reply) {
    reply.complete(new Reply.Done<>(publish.get()));
  }
}
