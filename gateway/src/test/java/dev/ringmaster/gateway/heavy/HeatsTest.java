package dev.ringmaster.gateway.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/// A service under a virtual clock: one look a second, with so many requests of the hot key and of
/// many cool ones.
class HeatsTest {
  private static final long HOT = 77;
  private static final int SEATS = 4;

  private final SplittableRandom random = new SplittableRandom(9);
  private Heats heats = Heats.NONE;

  private int look(int hot, int others) {
    SpaceSaving counters = new SpaceSaving(LoopKeys.COUNTERS);
    for (int i = 0; i < hot; i++) {
      counters.count(HOT);
    }
    for (int i = 0; i < others; i++) {
      counters.count(random.nextLong());
    }
    heats = heats.next(List.of(counters.summary()), 1, SEATS);
    return heats.keys().getOrDefault(HOT, Heat.NONE).spread();
  }

  private int looks(int times, int hot, int others) {
    int spread = 1;
    for (int i = 0; i < times; i++) {
      spread = look(hot, others);
    }
    return spread;
  }

  @Test
  void aKeyIsSpreadUntilItsPartOfASeatFits() {
    assertThat(looks(10, 200, 800)).isEqualTo(1);
    assertThat(looks(10, 400, 600)).isEqualTo(2);
    assertThat(looks(10, 600, 400)).isEqualTo(4);
    assertThat(looks(10, 1000, 0)).isEqualTo(4);
  }

  @Test
  void aSpreadDoublesAtMostOnceALook() {
    assertThat(look(900, 100)).isEqualTo(2);
    assertThat(look(900, 100)).isEqualTo(4);
  }

  @Test
  void aKeyThatCoolsALittleStaysSpread() {
    assertThat(looks(10, 300, 700)).isEqualTo(2);
    assertThat(looks(60, 150, 850)).isEqualTo(2);
  }

  @Test
  void aColdKeyComesHomeStepByStep() {
    assertThat(looks(10, 600, 400)).isEqualTo(4);
    assertThat(looks(4, 0, 1000)).isEqualTo(4);
    assertThat(looks(4, 0, 1000)).isEqualTo(2);
    assertThat(looks(5, 0, 1000)).isEqualTo(1);
    looks(10, 0, 1000);
    assertThat(heats.keys()).doesNotContainKey(HOT);
  }

  @Test
  void anInterruptionOfTheCalmStartsItAnew() {
    looks(10, 300, 700);
    looks(4, 50, 950);
    looks(2, 300, 700);
    assertThat(looks(4, 50, 950)).isEqualTo(2);
  }

  /// A load that swings about the threshold does not make the key come and go.
  @Property(tries = 50)
  void aLoadAboutTheThresholdDoesNotFlap(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.16, max = 0.34) double share) {
    SplittableRandom swing = new SplittableRandom(seed);
    Heats now = Heats.NONE;
    int changes = 0;
    int before = 1;
    for (int look = 0; look < 120; look++) {
      SpaceSaving counters = new SpaceSaving(LoopKeys.COUNTERS);
      double part = share * (0.9 + 0.2 * swing.nextDouble());
      for (int i = 0; i < 400; i++) {
        counters.count(swing.nextDouble() < part ? HOT : swing.nextLong());
      }
      now = now.next(List.of(counters.summary()), 1, SEATS);
      int spread = now.keys().getOrDefault(HOT, Heat.NONE).spread();
      changes += spread == before ? 0 : 1;
      before = spread;
    }
    assertThat(changes).isLessThanOrEqualTo(1);
  }

  @Test
  void fewRequestsMakeNoKeyHeavy() {
    assertThat(looks(20, 15, 0)).isEqualTo(1);
    assertThat(looks(20, 25, 0)).isEqualTo(4);
  }

  @Test
  void aServiceWithOneSeatHasNobodyToSpreadTo() {
    SpaceSaving counters = new SpaceSaving(4);
    for (int i = 0; i < 1000; i++) {
      counters.count(HOT);
    }
    Heats alone = Heats.NONE.next(List.of(counters.summary()), 1, 1);
    assertThat(spread(alone)).isEqualTo(1);
    assertThat(spread(alone.next(List.of(counters.summary()), 1, 0))).isEqualTo(1);
  }

  @Test
  void aSpreadIsBounded() {
    Heats hot = Heats.NONE;
    for (int look = 0; look < 20; look++) {
      SpaceSaving counters = new SpaceSaving(4);
      for (int i = 0; i < 1000; i++) {
        counters.count(HOT);
      }
      hot = hot.next(List.of(counters.summary()), 1, 10_000);
    }
    assertThat(spread(hot)).isEqualTo(Heat.MOST_SPREAD);
  }

  @Test
  void theNumberOfKeysIsBoundedAndThoseThatAreSpreadStay() {
    looks(10, 300, 700);
    SpaceSaving counters = new SpaceSaving(LoopKeys.COUNTERS);
    for (int i = 0; i < 200 * 10; i++) {
      counters.count(1_000 + i % 200);
    }
    heats = heats.next(List.of(counters.summary()), 1, SEATS);
    assertThat(heats.keys()).hasSize(Heats.MOST_KEYS).containsKey(HOT);
  }

  private static int spread(Heats heats) {
    return Objects.requireNonNull(heats.keys().get(HOT)).spread();
  }
}
