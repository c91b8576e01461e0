package dev.ringmaster.fleet.weight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.ring.Movement;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final long LENGTH = 1000;
  private static final int KEYS = 2000;

  @Test
  void theWeightInTheTableIsConfiguredTimesWarmthUnlessEjected() {
    assertThat(Share.FULL.inTable()).isEqualTo(Roster.FULL);
    assertThat(new Share(0.5, 1, null).inTable()).isEqualTo(32_768);
    assertThat(new Share(0.5, 0.1, null).inTable()).isEqualTo(3277);
    assertThat(new Share(1, 1, Instant.EPOCH).inTable()).isZero();
    assertThat(new Share(0, 1, null).inTable()).isZero();
    assertThat(new Share(1e-9, 1, null).inTable()).isEqualTo(1);
  }

  /// A healed seat's keys come home in portions: each step moves keys of that seat alone, and no
  /// key more than once.
  @Property(tries = 60)
  void eachKeyOfAWarmingSeatMovesOnce(
      @ForAll @IntRange(min = 2, max = 40) int seats, @ForAll long seed) {
    for (Scheme scheme : List.of(new Scheme.Seats(), new Scheme.Jump(), new Scheme.Rendezvous())) {
      SplittableRandom random = new SplittableRandom(seed);
      int healed = random.nextInt(seats);
      Roster whole = Roster.of(labels(seats));
      warmUp(scheme.table(whole.weighted(healed, 0)), healed, random);
    }
  }

  /// The same for a seat that was appended: what it does not take yet stays where it was before.
  @Property(tries = 60)
  void aGrownSeatTakesEachOfItsKeysOnceFromWhereItWasBefore(
      @ForAll @IntRange(min = 1, max = 40) int seats, @ForAll long seed) {
    Table before = new Scheme.Seats().table(Roster.of(labels(seats)));
    Table grown = before.over(before.roster().grown("new"));
    assertThat(Movement.between(before, grown, KEYS, new SplittableRandom(seed)).moved()).isZero();
    warmUp(grown, seats, new SplittableRandom(seed));
    Table full = grown.over(grown.roster().weighted(seats, Roster.FULL));
    Table anew = new Scheme.Seats().table(Roster.of(labels(seats + 1)));
    assertThat(full.fingerprint()).isEqualTo(anew.fingerprint());
  }

  private static void warmUp(Table cold, int seat, SplittableRandom random) {
    List<Table> tables = new ArrayList<>(List.of(cold));
    for (long age = 0; ; age = SlowStart.nextStepNs(age, LENGTH)) {
      int weight = new Share(1, SlowStart.warmth(age, LENGTH), null).inTable();
      tables.add(cold.over(tables.getLast().roster().weighted(seat, weight)));
      if (age == LENGTH) {
        break;
      }
    }
    assertThat(tables.getLast().roster().weight(seat)).isEqualTo(Roster.FULL);
    for (int i = 0; i < KEYS; i++) {
      long hash = random.nextLong();
      Set<Integer> owners = new HashSet<>();
      int moves = 0;
      for (int t = 0; t < tables.size(); t++) {
        int owner = tables.get(t).owner(hash);
        owners.add(owner);
        moves += t > 0 && owner != tables.get(t - 1).owner(hash) ? 1 : 0;
      }
      assertThat(moves).isLessThanOrEqualTo(1);
      assertThat(owners.size() == 1 || tables.getLast().owner(hash) == seat).isTrue();
    }
  }

  private static String[] labels(int seats) {
    String[] labels = new String[seats];
    for (int i = 0; i < seats; i++) {
      labels[i] = "seat-" + i;
    }
    return labels;
  }
}
