package dev.ringmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Histories under a virtual clock: the real desks, lanes, committers and ownership over the plain
/// store, with crashes, faults and moves at random moments.
///
/// `-Dqueue.histories=N` runs so many, `-Dqueue.seed=S` repeats one.
class QueueSimulationTest {
  private static final long HISTORIES = Long.getLong("queue.histories", 20_000);

  @Test
  void whateverHappensThePromisesAreKept() {
    Long one = Long.getLong("queue.seed");
    LongStream seeds = one == null ? LongStream.range(0, HISTORIES) : LongStream.of(one);
    List<String> broken = new ArrayList<>();
    seeds.takeWhile(seed -> broken.isEmpty()).forEach(seed -> run(seed, broken));
    assertThat(broken).isEmpty();
  }

  private static void run(long seed, List<String> broken) {
    try {
      new SimHistory(seed).run();
    } catch (AssertionError | RuntimeException e) {
      broken.add(
          "seed "
              + seed
              + " breaks a promise: "
              + e
              + "\nrepeat it with: ./check -pl queue -am -Dtest=QueueSimulationTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dqueue.seed="
              + seed);
      if (Boolean.getBoolean("queue.trace")) {
        e.printStackTrace();
      }
    }
  }
}
