package dev.ringmaster.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// How a split divides keys, and which of them move when it changes.
class SplitTest {
  private static final int KEYS = 50_000;

  /// Five standard deviations of a share of the keys at most.
  private static final double SLACK = 5 * 0.5 / Math.sqrt(KEYS);

  private static Split split(double... weights) {
    Share[] shares = new Share[weights.length];
    for (int i = 0; i < weights.length; i++) {
      shares[i] = new Share("service-" + i, weights[i]);
    }
    return new Split(List.of(shares));
  }

  private static long key(int i) {
    return new SplittableRandom(i).nextLong();
  }

  @Test
  void eachServiceGetsItsShare() {
    Split split = split(90, 10);
    int second = 0;
    for (int i = 0; i < KEYS; i++) {
      second += split.pick(key(i));
    }
    assertThat((double) second / KEYS).isBetween(0.1 - SLACK, 0.1 + SLACK);
  }

  @Test
  void aTenthMovesWhenNinetyTenBecomesEightyTwenty() {
    Split before = split(90, 10);
    Split after = split(80, 20);
    int moved = 0;
    for (int i = 0; i < KEYS; i++) {
      int from = before.pick(key(i));
      int to = after.pick(key(i));
      moved += from == to ? 0 : 1;
      assertThat(from == 1 && to == 0).as("a key that moves the wrong way").isFalse();
    }
    assertThat((double) moved / KEYS).isBetween(0.1 - SLACK, 0.1 + SLACK);
  }

  @Property(tries = 50)
  void aShareThatGrowsMovesKeysToItselfOnly(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 100) Integer> weights,
      @ForAll @IntRange(min = 0, max = 4) int which,
      @ForAll @IntRange(min = 1, max = 100) int more) {
    int grown = which % weights.size();
    double[] before = weights.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] after = before.clone();
    after[grown] += more;
    Split first = split(before);
    Split second = split(after);
    int strays = 0;
    for (int i = 0; i < 2_000; i++) {
      int to = second.pick(key(i));
      strays += to == first.pick(key(i)) || to == grown ? 0 : 1;
    }
    // Weights are kept to one part in 65,535, so that a key at a boundary may slip.
    assertThat(strays).isLessThanOrEqualTo(1);
  }

  @Test
  void theOrderOfTheServicesDoesNotMatter() {
    Split one = new Split(List.of(new Share("a", 3), new Share("b", 1)));
    Split other = new Split(List.of(new Share("b", 1), new Share("a", 3)));
    for (int i = 0; i < 1_000; i++) {
      assertThat(one.pick(key(i))).isEqualTo(1 - other.pick(key(i)));
    }
  }

  @Test
  void aServiceWithoutAShareGetsNoKey() {
    Split split = split(1, 0, 1e-9);
    for (int i = 0; i < 1_000; i++) {
      assertThat(split.pick(key(i))).isNotEqualTo(1);
    }
  }

  /// If it were not so, a service with a tenth of the keys could have them all on one seat.
  @Test
  void aSplitDrawsIndependentlyOfSeats() {
    Split split = split(90, 10);
    Table seats = new Scheme.Seats().table(Roster.of("a", "b", "c", "d"));
    int[] second = new int[4];
    int[] all = new int[4];
    for (int i = 0; i < KEYS; i++) {
      int seat = seats.owner(key(i));
      all[seat]++;
      second[seat] += split.pick(key(i));
    }
    for (int seat = 0; seat < 4; seat++) {
      double slack = 5 * 0.3 / Math.sqrt(all[seat]);
      assertThat((double) second[seat] / all[seat]).isBetween(0.1 - slack, 0.1 + slack);
    }
  }
}
