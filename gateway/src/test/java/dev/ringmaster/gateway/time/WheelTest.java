package dev.ringmaster.gateway.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WheelTest {
  private static final Duration GRAIN = Duration.ofMillis(100);
  private static final long TICK_NS = GRAIN.toNanos();

  private final Wheel wheel = new Wheel(GRAIN, 0);
  private final List<String> fired = new ArrayList<>();
  private long nowTicks;

  private Deadline deadline(String name) {
    return new Deadline(() -> fired.add(name + "@" + nowTicks));
  }

  private void advance(long ticks) {
    for (long i = 0; i < ticks; i++) {
      nowTicks++;
      wheel.advance(nowTicks * TICK_NS);
    }
  }

  @Test
  void aDeadlineFiresOnceAndNeverEarly() {
    wheel.arm(deadline("a"), 3);
    advance(100);
    assertThat(fired).containsExactly("a@4");
  }

  private static Expiring throwing(Runnable letGo) {
    return new Expiring() {
      @Override
      public void expired() {
        throw new IllegalStateException("a defect that was to be");
      }

      @Override
      public void broke() {
        letGo.run();
      }
    };
  }

  @Test
  void anOwnerThatThrowsIsLetGoAndStopsNobodyElse() {
    wheel.arm(deadline("before"), 3);
    wheel.arm(
        new Deadline(
            throwing(() -> {
              fired.add("let go");
              throw new AssertionError("and this fails as well");
            })),
        3);
    wheel.arm(deadline("behind"), 3);
    wheel.arm(deadline("later"), 4);
    advance(10);
    assertThat(fired).containsExactly("before@4", "let go", "behind@4", "later@5");
  }

  @Test
  void movingItLaterMovesIt() {
    Deadline a = deadline("a");
    wheel.arm(a, 3);
    advance(2);
    wheel.arm(a, 10);
    advance(100);
    assertThat(fired).containsExactly("a@13");
  }

  @Test
  void movingItEarlierMovesIt() {
    Deadline a = deadline("a");
    wheel.arm(a, 200);
    advance(2);
    wheel.arm(a, 1);
    advance(300);
    assertThat(fired).containsExactly("a@4");
  }

  @Test
  void aDeadlineBeyondTheRingComesInItsTime() {
    wheel.arm(deadline("a"), 1_000);
    advance(2_000);
    assertThat(fired).containsExactly("a@1001");
  }

  @Test
  void whatIsDisarmedDoesNotFire() {
    Deadline a = deadline("a");
    wheel.arm(a, 3);
    wheel.disarm(a);
    advance(10);
    assertThat(fired).isEmpty();
  }

  @Test
  void anOwnerMayArmAgainWhileItFires() {
    Deadline[] again = new Deadline[1];
    again[0] =
        new Deadline(() -> {
          fired.add("x@" + nowTicks);
          wheel.arm(again[0], 1);
        });
    wheel.arm(again[0], 1);
    advance(6);
    assertThat(fired).containsExactly("x@2", "x@4", "x@6");
  }

  @Test
  void aJumpOfTheClockFiresAllThatIsDue() {
    for (int i = 0; i < 10; i++) {
      wheel.arm(deadline("d"), i * 50L + 1);
    }
    nowTicks = 10_000;
    wheel.advance(nowTicks * TICK_NS);
    assertThat(fired).hasSize(10);
  }

  @Test
  void anyHistoryOfMovesFiresEachAtItsLastMoment() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      fired.clear();
      Deadline a = deadline("a");
      long due = 0;
      for (int move = 0; move < 5; move++) {
        int wait = 1 + random.nextInt(600);
        wheel.arm(a, wait);
        due = nowTicks + wait + 1;
        advance(random.nextInt(Math.max(1, wait - 1)));
      }
      assertThat(fired).isEmpty();
      advance(700);
      assertThat(fired).containsExactly("a@" + due);
    }
  }
}
