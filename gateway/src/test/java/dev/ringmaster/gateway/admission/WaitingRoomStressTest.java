package dev.ringmaster.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.testing.FakeFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/// Many loops, two replicas, no look now and then: if one wake-up is lost, a request never ends.
class WaitingRoomStressTest {
  private static final int LOOPS = 4;
  private static final int LIMIT = 2;
  private static final int REQUESTS = 20_000;

  private final FleetView view = FakeFleet.at(1, 2).view();
  private final WaitingRoom room =
      new WaitingRoom(ConcurrencyLimit.NONE.withInFlight(LIMIT).withWaiting(1_024));
  private final AtomicIntegerArray there = new AtomicIntegerArray(2);
  private final AtomicInteger exceeded = new AtomicInteger();
  private final CountDownLatch served = new CountDownLatch(LOOPS * REQUESTS);

  /// Keeps eight requests under way, for each of which the next begins.
  private final class Loop {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final SplittableRandom random;
    private final long client;
    private int begun;

    Loop(int number) {
      client = number;
      random = new SplittableRandom(number);
    }

    void begin() {
      begun++;
      Replica replica = Objects.requireNonNull(view.seats().get(random.nextInt(2)));
      if (room.empty() && room.take(replica)) {
        thread.execute(() -> visit(replica));
      } else {
        room.enter(new Waiter(client, List.of(), thread, (waiter, place) -> visit(place)), view);
      }
    }

    private void visit(Replica replica) {
      if (there.incrementAndGet(replica.seat()) > LIMIT || replica.load().inFlight() > LIMIT) {
        exceeded.incrementAndGet();
      }
      thread.execute(() -> {
        there.decrementAndGet(replica.seat());
        replica.load().end();
        room.freed(replica, view);
        served.countDown();
        if (begun < REQUESTS) {
          begin();
        }
      });
    }
  }

  @Test
  void noWakeUpIsLostAndTheLimitIsNeverExceeded() throws Exception {
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      loops.add(new Loop(i));
    }
    for (Loop loop : loops) {
      loop.thread.execute(() -> {
        for (int i = 0; i < 8; i++) {
          loop.begin();
        }
      });
    }
    assertThat(served.await(120, TimeUnit.SECONDS)).as("all were served").isTrue();
    assertThat(exceeded).hasValue(0);
    assertThat(room.waiting()).isZero();
    for (Loop loop : loops) {
      loop.thread.shutdown();
    }
  }
}
