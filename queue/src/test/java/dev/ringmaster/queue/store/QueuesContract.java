package dev.ringmaster.queue.store;

import static dev.ringmaster.queue.store.StoreScript.LEASE_MS;
import static dev.ringmaster.queue.store.StoreScript.NOW_MS;
import static dev.ringmaster.queue.store.StoreScript.OWNER;
import static dev.ringmaster.queue.store.StoreScript.draft;
import static dev.ringmaster.queue.store.StoreScript.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.StoreScript.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store does with queues, subscriptions and slots.
interface QueuesContract extends StoreUnderTest {

  @Test
  default void aQueueIsMadeOnceAndItsTermsChange() throws StoreFault {
    StoreScript script = script();
    QueueTerms before = terms("jobs");
    QueueTerms terms =
        new QueueTerms(
            "jobs",
            null,
            "/in",
            99,
            new QueueTerms.Limits(1, 2, Duration.ofMillis(3), 4, 5, 6),
            new QueueTerms.Retry(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                4,
                Duration.ofMillis(5),
                true,
                QueueTerms.Dead.BLOCK_KEY),
            new QueueTerms.Results(Duration.ofMillis(6), 7));

    assertThat(store().queues().getFirst().terms()).isEqualTo(before);
    assertThat(script.number(new Order.PutQueue(terms))).isEqualTo(script.queue);

    StoredQueue queue = store().queues().getFirst();
    assertThat(store().queues()).hasSize(1);
    assertThat(queue.number()).isEqualTo(script.queue);
    assertThat(queue.terms()).isEqualTo(terms);
    assertThat(queue.slots()).isEqualTo(SlotTable.equal(4));
    assertThat(queue.paused()).isFalse();
    assertThat(queue.subscriptions()).isEqualTo(Map.of("main", script.main));
  }

  @Test
  default void aQueueIsPausedAndResumed() throws StoreFault {
    StoreScript script = script();

    assertThat(script.does(new Order.Pause(script.queue, true))).isEqualTo(new Effect.Done());
    assertThat(store().queues().getFirst().paused()).isTrue();
    script.does(new Order.Pause(script.queue, false));
    assertThat(store().queues().getFirst().paused()).isFalse();
    assertThat(script.does(new Order.Pause(4711, true))).isEqualTo(new Effect.Gone());
  }

  @Test
  default void aSubscriptionIsMadeOnce() throws StoreFault {
    StoreScript script = script();
    int second = script.number(new Order.PutSubscription(script.queue, "audit"));

    assertThat(second).isNotEqualTo(script.main);
    assertThat(script.number(new Order.PutSubscription(script.queue, "audit"))).isEqualTo(second);
    assertThat(store().queues().getFirst().subscriptions())
        .isEqualTo(Map.of("main", script.main, "audit", second));
    assertThat(script.does(new Order.PutSubscription(4711, "audit"))).isEqualTo(new Effect.Gone());
  }

  @Test
  default void aDroppedSubscriptionTakesItsMessagesWithIt() throws StoreFault {
    StoreScript script = script();
    int second = script.number(new Order.PutSubscription(script.queue, "audit"));
    Placed at = script.place(script.append(draft("x"), List.of(script.main, second)));
    LogId audit = new LogId(second, at.log().shard());

    assertThat(script.does(new Order.DropSubscription(script.queue, second)))
        .isEqualTo(new Effect.Done());
    assertThat(script.does(new Order.DropSubscription(script.queue, second)))
        .isEqualTo(new Effect.Gone());

    assertThat(script.does(new Order.Finish(audit, script.epoch(audit.shard()), at.seq(), null)))
        .isEqualTo(new Effect.Gone());
    assertThat(store().find(script.queue, second, at.id())).isNull();
    assertThat(store().dead(second, null, 10)).isEmpty();
    script.place(script.append(draft("y"), List.of(script.main, second)));
    script.does(new Order.Expire(NOW_MS, 1_000));
    assertThat(script.bodies(at.log())).contains("x");
    assertThat(script.number(new Order.PutSubscription(script.queue, "audit")))
        .isGreaterThan(second);
  }

  @Test
  default void aDroppedQueueTakesEverythingWithIt() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    Placed dead = script.place("x");
    script.does(script.bury(dead, "why", null));

    assertThat(script.does(new Order.DropQueue(script.queue))).isEqualTo(new Effect.Done());
    assertThat(script.does(new Order.DropQueue(script.queue))).isEqualTo(new Effect.Gone());

    assertThat(store().queues()).isEmpty();
    assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Gone());
    assertThat(script.does(script.append(draft("x")))).isEqualTo(new Effect.Gone());
    assertThat(script.find(at.id())).isNull();
    assertThat(store().dead(script.main, null, 10)).isEmpty();
    assertThat(store().renew(OWNER, LEASE_MS)).isEmpty();
    assertThat(store().acquire(script.queue, 0, OWNER, LEASE_MS)).isZero();
    assertThat(script.number(new Order.PutQueue(terms("jobs")))).isGreaterThan(script.queue);
  }

  @Test
  default void aMoveTakesSlotsWithAllThatTheyHold() throws StoreFault {
    StoreScript script = script();
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      placed.add(script.place("key " + i));
    }
    for (Placed at : placed.subList(0, 20)) {
      script.does(script.bury(at, "why", null));
    }
    SlotTable before = script.slots();
    SlotTable after = before.split(1);
    long epoch = store().acquire(script.queue, 4, OWNER, LEASE_MS);
    List<Entry> entries = script.entries(script.main);

    assertThat(
            script.does(
                new Order.Move(script.queue, before, after, Map.of(1, script.epoch(1), 4, epoch))))
        .isEqualTo(new Effect.Done());

    assertThat(script.slots()).isEqualTo(after);
    assertThat(script.entries(script.main)).isEqualTo(entries);
    for (Placed at : placed) {
      int shard = after.shard(at.order().slot());
      MessageStatus status = script.known(at.id());
      assertThat(status.shard()).isEqualTo(shard);
      assertThat(store().messages(new LogId(script.main, shard), List.of(at.seq())))
          .hasSize(status.state() == State.WAITING ? 1 : 0);
    }
    assertThat(store().dead(script.main, null, 100))
        .hasSize(20)
        .allMatch(dead -> dead.shard() == after.shard(dead.message().slot()));
    assertThat(store().totals(new LogId(script.main, 4)).messages()).isPositive();
    assertThat(script.place("late").log().shard())
        .isEqualTo(after.shard(script.append(draft("late")).slot()));
  }

  @Test
  default void aMoveByAStaleOwnerOrFromAStaleTableChangesNothing() throws StoreFault {
    StoreScript script = script();
    SlotTable before = script.slots();
    long epoch = store().acquire(script.queue, 4, OWNER, LEASE_MS);
    Map<Integer, Long> epochs = Map.of(1, script.epoch(1), 4, epoch);
    Map<Integer, Long> wrong = Map.of(1, script.epoch(1) + 1, 4, epoch);

    assertThat(script.does(new Order.Move(script.queue, before, before.split(1), wrong)))
        .isEqualTo(new Effect.Fenced());
    assertThat(script.does(new Order.Move(script.queue, before.split(0), before.split(1), epochs)))
        .isEqualTo(new Effect.Fenced());
    assertThat(script.does(new Order.Move(4711, before, before.split(1), epochs)))
        .isEqualTo(new Effect.Gone());
    assertThat(script.slots()).isEqualTo(before);
  }

  @Test
  default void aDeduplicationIdNamesTheShardOfToday() throws StoreFault {
    StoreScript script = script();
    Placed at = placeKnown(script);
    SlotTable before = script.slots();
    SlotTable after = before.merge(at.log().shard(), (at.log().shard() + 1) % 4);
    Map<Integer, Long> epochs = new HashMap<>();
    for (int shard = 0; shard < 4; shard++) {
      epochs.put(shard, script.epoch(shard));
    }

    script.does(new Order.Move(script.queue, before, after, epochs));

    assertThat(script.does(script.append(draft("x", 0, "once"))))
        .isEqualTo(new Effect.Repeats(at.id(), (at.log().shard() + 1) % 4));
  }

  private static Placed placeKnown(StoreScript script) throws StoreFault {
    return script.place(script.append(draft("x", 0, "once")));
  }
}
