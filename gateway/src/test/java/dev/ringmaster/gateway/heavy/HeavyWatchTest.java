package dev.ringmaster.gateway.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.testing.FakeFleet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeavyWatchTest {
  private static final int ROUNDS = 50_000;

  /// One thread forgets what all have left while another joins.
  @Test
  void aServiceThatIsJoinedIsNotForgotten() throws Exception {
    FakeFleet fleet = FakeFleet.at(1);
    AtomicInteger rounds = new AtomicInteger();
    AtomicInteger forgotten = new AtomicInteger();
    try (HeavyWatch watch = new HeavyWatch()) {
      Thread forgetting =
          Thread.ofPlatform()
              .start(() -> {
                while (rounds.get() < ROUNDS) {
                  watch.forgetLeft();
                }
              });
      while (rounds.incrementAndGet() < ROUNDS) {
        LoopKeys joined = watch.join("web", HeavySettings.DEFAULT, fleet, Runnable::run);
        forgotten.addAndGet(watch.counts("web") ? 0 : 1);
        joined.close();
      }
      forgetting.join();
      watch.forgetLeft();
      assertThat(watch.counts("web")).isFalse();
    }
    assertThat(forgotten).hasValue(0);
  }
}
