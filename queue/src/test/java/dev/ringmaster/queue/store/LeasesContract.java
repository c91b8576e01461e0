package dev.ringmaster.queue.store;

import static dev.ringmaster.queue.store.StoreScript.LEASE_MS;
import static dev.ringmaster.queue.store.StoreScript.OWNER;
import static dev.ringmaster.queue.store.StoreScript.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoreScript.Placed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store does about who owns a shard.
interface LeasesContract extends StoreUnderTest {

  @Test
  default void ordersOfAnotherEpochChangeNothing() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    Placed dead = script.place("x");
    script.does(script.bury(dead, "why", null));
    long wrong = script.epoch(at.log().shard()) + 1;

    List<Effect> effects =
        store()
            .commit(
                List.of(
                    new Order.Finish(at.log(), wrong, at.seq(), null),
                    new Order.Postpone(at.log(), wrong, at.seq(), 9, 9),
                    new Order.Bury(at.log(), wrong, at.seq(), 9, 9, "why", null),
                    new Order.Redrive(dead.log(), wrong, dead.seq(), 9),
                    new Order.Purge(dead.log(), wrong, dead.seq())));

    assertThat(effects).hasSize(5).containsOnly(new Effect.Fenced());
    assertThat(script.bodies(at.log())).hasSize(1);
    assertThat(script.known(at.id()).attempts()).isZero();
    assertThat(store().dead(script.main, null, 10)).hasSize(1);
  }

  @Test
  default void oneFencedOrderDoesNotHoldUpTheOthersOfItsCommit() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");

    List<Effect> effects =
        store()
            .commit(
                List.of(
                    new Order.Finish(at.log(), 0, at.seq(), null),
                    script.append(draft("y")),
                    script.finish(at)));

    assertThat(effects.get(0)).isEqualTo(new Effect.Fenced());
    assertThat(effects.get(1)).isInstanceOf(Effect.Appended.class);
    assertThat(effects.get(2)).isEqualTo(new Effect.Done());
  }

  @Test
  default void aShardIsItsOwnersUntilTheLeaseEnds() throws StoreFault {
    StoreScript script = script();
    long first = script.epoch(0);

    assertThat(store().acquire(script.queue, 0, "two", LEASE_MS)).isZero();
    assertThat(store().acquire(4711, 0, "two", LEASE_MS)).isZero();
    pass(LEASE_MS + 100);
    long second = store().acquire(script.queue, 0, "two", LEASE_MS);

    assertThat(second).isGreaterThan(first);
    assertThat(store().acquire(script.queue, 0, OWNER, LEASE_MS)).isZero();
    assertThat(store().acquire(script.queue, 0, "two", LEASE_MS)).isGreaterThan(second);
  }

  @Test
  default void aTakenOverShardTakesNoOrdersOfItsOldOwner() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    pass(LEASE_MS + 100);
    long epoch = store().acquire(script.queue, at.log().shard(), "two", LEASE_MS);

    assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Fenced());
    assertThat(script.does(new Order.Finish(at.log(), epoch, at.seq(), null)))
        .isEqualTo(new Effect.Done());
  }

  @Test
  default void aReleasedShardIsFreeAtOnce() throws StoreFault {
    StoreScript script = script();

    store().release(script.queue, 0, "two");
    assertThat(store().acquire(script.queue, 0, "two", LEASE_MS)).isZero();
    store().release(script.queue, 0, OWNER);
    assertThat(store().acquire(script.queue, 0, "two", LEASE_MS)).isGreaterThan(script.epoch(0));
  }

  @Test
  default void aRenewedLeaseGoesOn() throws StoreFault {
    StoreScript script = script();
    pass(LEASE_MS - 1_000);
    Map<ShardId, Long> kept = store().renew(OWNER, LEASE_MS);
    pass(LEASE_MS - 1_000);

    assertThat(store().acquire(script.queue, 0, "two", LEASE_MS)).isZero();
    Map<ShardId, Long> expected = new HashMap<>();
    for (int shard = 0; shard < 4; shard++) {
      expected.put(new ShardId(script.queue, shard), script.epoch(shard));
    }
    assertThat(kept).isEqualTo(expected);
    assertThat(store().renew("two", LEASE_MS)).isEmpty();
  }

  @Test
  default void ownersAreThoseThatRenewed() throws StoreFault {
    assertThat(store().owners()).isEmpty();
    store().renew("two", LEASE_MS);
    store().renew("one", LEASE_MS);
    assertThat(store().owners()).containsExactly("one", "two");
    pass(LEASE_MS / 2);
    store().renew("two", LEASE_MS);
    pass(LEASE_MS / 2 + 500);
    assertThat(store().owners()).containsExactly("two");
  }

  @Test
  default void whoLeavesGivesEverythingBack() throws StoreFault {
    StoreScript script = script();
    store().renew(OWNER, LEASE_MS);

    assertThat(store().renew(OWNER, 0)).isEmpty();

    assertThat(store().owners()).isEmpty();
    assertThat(store().acquire(script.queue, 0, "two", LEASE_MS)).isPositive();
  }
}
