package dev.ringmaster.ring;

import static dev.ringmaster.ring.Subject.Capability.EVEN;
import static dev.ringmaster.ring.Subject.Capability.HEIR_IS_SECOND;
import static dev.ringmaster.ring.Subject.Capability.NEVER_NEEDLESS;
import static dev.ringmaster.ring.Subject.Capability.ORDER_FREE;
import static dev.ringmaster.ring.Subject.Capability.WEIGHTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The contract of every scheme; see [Subject] for what only some promise.
class SchemeContractTest {
  private static final int KEYS = 300;
  private static final int MANY_KEYS = 200_000;

  @Provide
  Arbitrary<Roster> rosters() {
    return Rosters.any();
  }

  @Property(tries = 100)
  void theOwnerLivesUnlessNobodyDoes(@ForAll("rosters") Roster roster, @ForAll long seed) {
    for (Subject subject : Subject.ALL) {
      Table table = subject.table(roster);
      for (long key : keys(seed)) {
        int owner = table.owner(key);
        if (roster.live() == 0) {
          assertThat(owner).as(subject.name()).isEqualTo(Table.NONE);
        } else {
          assertThat(roster.weight(owner)).as(subject.name()).isPositive();
        }
      }
    }
  }

  @Property(tries = 100)
  void candidatesAreAllLiveSeatsOnceTheOwnerFirst(
      @ForAll("rosters") Roster roster, @ForAll long seed) {
    int[] live = roster.liveSeats();
    for (Subject subject : Subject.ALL) {
      Table table = subject.table(roster);
      for (long key : keys(seed)) {
        int[] into = new int[roster.size() + 2];
        int found = table.candidates(key, into);
        assertThat(found).as(subject.name()).isEqualTo(live.length);
        int[] sorted = Arrays.copyOf(into, found);
        Arrays.sort(sorted);
        assertThat(sorted).as(subject.name()).isEqualTo(live);
        if (found > 0) {
          assertThat(into[0]).as(subject.name()).isEqualTo(table.owner(key));
        }
      }
    }
  }

  @Property(tries = 100)
  void aShorterListOfCandidatesBeginsTheLongerOne(
      @ForAll("rosters") Roster roster, @ForAll long seed, @ForAll @IntRange(max = 5) int wanted) {
    for (Subject subject : Subject.ALL) {
      Table table = subject.table(roster);
      for (long key : keys(seed)) {
        int[] all = new int[roster.size()];
        int[] few = new int[wanted];
        int total = table.candidates(key, all);
        int found = table.candidates(key, few);
        assertThat(found).as(subject.name()).isEqualTo(Math.min(wanted, total));
        assertThat(Arrays.copyOf(few, found))
            .as(subject.name())
            .isEqualTo(Arrays.copyOf(all, found));
      }
    }
  }

  @Property(tries = 50)
  void theAnswerDoesNotDependOnHistory(
      @ForAll("rosters") Roster roster, @ForAll long seed, @ForAll Random order) {
    List<Integer> seats = new ArrayList<>(IntStream.range(0, roster.size()).boxed().toList());
    Collections.shuffle(seats, order);
    Roster other = roster;
    for (int seat : seats) {
      other = other.weighted(seat, 0);
    }
    Collections.shuffle(seats, order);
    for (int seat : seats) {
      other = other.weighted(seat, roster.weight(seat));
    }
    for (Subject subject : Subject.ALL) {
      Table table = subject.table(roster);
      Table again = subject.table(other);
      assertThat(again.fingerprint()).as(subject.name()).isEqualTo(table.fingerprint());
      assertSameOwners(subject, table, again, seed);
    }
  }

  @Property(tries = 100)
  void aDeadSeatsKeysComeHome(
      @ForAll("rosters") Roster roster, @ForAll long seed, @ForAll @IntRange(max = 19) int pick) {
    int seat = pick % roster.size();
    Roster without = roster.weighted(seat, 0);
    Roster back = without.weighted(seat, roster.weight(seat));
    for (Subject subject : Subject.ALL) {
      Table table = subject.table(roster);
      assertSameOwners(subject, table, table.over(without).over(back), seed);
    }
  }

  @Property(tries = 200)
  void noKeyMovesNeedlesslyWhenAWeightChanges(
      @ForAll("rosters") Roster roster,
      @ForAll long seed,
      @ForAll @IntRange(max = 19) int pick,
      @ForAll @IntRange(max = Roster.FULL) int weight) {
    int seat = pick % roster.size();
    for (Subject subject : Subject.thatCan(NEVER_NEEDLESS)) {
      Table table = subject.table(roster);
      for (int next : new int[] {0, weight, Roster.FULL}) {
        Table changed = table.over(roster.weighted(seat, next));
        assertNothingNeedless(subject, table, changed, seed);
      }
    }
  }

  @Property(tries = 100)
  void aNewSeatTakesKeysOnlyForItself(
      @ForAll("rosters") Roster roster,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = Roster.FULL - 1) int warm) {
    int seat = roster.size();
    Roster grown = roster.grown("new");
    for (Subject subject : Subject.thatCan(NEVER_NEEDLESS)) {
      Table table = subject.table(roster);
      Table empty = table.over(grown);
      Table warming = table.over(grown.weighted(seat, warm));
      Table full = table.over(grown.weighted(seat, warm).weighted(seat, Roster.FULL));
      assertSameOwners(subject, table, empty, seed);
      assertNothingNeedless(subject, empty, warming, seed);
      assertNothingNeedless(subject, warming, full, seed);
    }
  }

  @Property(tries = 100)
  void theSecondCandidateInheritsTheKey(@ForAll("rosters") Roster roster, @ForAll long seed) {
    for (Subject subject : Subject.thatCan(HEIR_IS_SECOND)) {
      Table table = subject.table(roster);
      int[] order = new int[2];
      for (long key : keys(seed)) {
        if (table.candidates(key, order) == 2 && !roster.ramping(order[0])) {
          Table without = table.over(roster.weighted(order[0], 0));
          assertThat(without.owner(key)).as(subject.name()).isEqualTo(order[1]);
          break;
        }
      }
    }
  }

  @Property(tries = 50)
  void theOrderOfSeatsDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 20) int size, @ForAll long seed, @ForAll Random order) {
    Roster roster = Rosters.full(size);
    List<String> labels =
        new ArrayList<>(IntStream.range(0, size).mapToObj(roster::label).toList());
    Collections.shuffle(labels, order);
    Roster shuffled = Roster.of(labels.toArray(String[]::new));
    for (Subject subject : Subject.thatCan(ORDER_FREE)) {
      Table table = subject.table(roster);
      Table other = subject.table(shuffled);
      for (long key : keys(seed)) {
        assertThat(shuffled.label(other.owner(key)))
            .as(subject.name())
            .isEqualTo(roster.label(table.owner(key)));
      }
    }
  }

  @Example
  void equalSeatsTakeEqualLoads() {
    for (Subject subject : Subject.ALL) {
      for (int size : new int[] {2, 3, 10, 37}) {
        Table table = subject.table(Rosters.full(size));
        Balance balance = Balance.of(table, MANY_KEYS, new SplittableRandom(size));
        if (subject.can(EVEN)) {
          assertThat(balance.pValue()).as(subject.name() + " at " + size).isGreaterThan(0.001);
        } else if (subject.can(WEIGHTED)) {
          assertThat(balance.maxOverMean()).as(subject.name() + " at " + size).isLessThan(1.35);
        } else {
          assertThat(balance.maxOverMean()).as(subject.name() + " at " + size).isLessThan(size);
        }
      }
    }
  }

  @Example
  void aLoadFollowsItsWeight() {
    Roster roster = Rosters.full(8).weighted(2, Roster.FULL / 2).weighted(5, Roster.FULL / 10);
    for (Subject subject : Subject.thatCan(WEIGHTED)) {
      Balance balance = Balance.of(subject.table(roster), MANY_KEYS, new SplittableRandom(3));
      double tolerance = subject.can(EVEN) ? 0.05 : 0.4;
      for (int seat = 0; seat < 8; seat++) {
        assertThat(balance.loads().get(seat) / balance.expected().get(seat))
            .as(subject.name() + ", seat " + seat)
            .isEqualTo(1, within(tolerance));
      }
    }
  }

  @Example
  void noSeatAtAllOwnsNothing() {
    for (Subject subject : Subject.ALL) {
      for (Roster roster : List.of(Roster.of(), Rosters.full(1).weighted(0, 0))) {
        Table table = subject.table(roster);
        assertThat(table.owner(42)).as(subject.name()).isEqualTo(Table.NONE);
        assertThat(table.candidates(42, new int[3])).as(subject.name()).isZero();
      }
    }
  }

  @Example
  void theLastSeatAliveOwnsEverything() {
    for (Subject subject : Subject.ALL) {
      for (int size : new int[] {1, 2, 30}) {
        Roster roster = Rosters.full(size);
        for (int seat = 0; seat < size - 1; seat++) {
          roster = roster.weighted(seat, 0);
        }
        Table table = subject.table(roster);
        for (long key : keys(size)) {
          assertThat(table.owner(key)).as(subject.name() + " of " + size).isEqualTo(size - 1);
        }
      }
    }
  }

  @Example
  void aTableKnowsItsSchemeAndRoster() {
    for (Subject subject : Subject.ALL) {
      Roster roster = Rosters.full(5);
      Table table = subject.table(roster);
      assertThat(table.scheme()).isEqualTo(subject.scheme());
      assertThat(table.roster()).isSameAs(roster);
    }
  }

  @Example
  void fingerprintsTellTablesApart() {
    long[] prints =
        Subject.ALL.stream()
            .flatMapToLong(subject ->
                Stream.of(
                        Rosters.full(5),
                        Rosters.full(6),
                        Rosters.full(5).weighted(1, 0),
                        Rosters.full(5).grown("seat-5"))
                    .mapToLong(roster -> subject.table(roster).fingerprint()))
            .toArray();
    assertThat(prints).doesNotHaveDuplicates();
  }

  private static void assertSameOwners(Subject subject, Table table, Table other, long seed) {
    for (long key : keys(seed)) {
      assertThat(other.owner(key)).as(subject.name()).isEqualTo(table.owner(key));
    }
  }

  private static void assertNothingNeedless(Subject subject, Table before, Table after, long seed) {
    Movement movement = Movement.between(before, after, KEYS, new SplittableRandom(seed));
    assertThat(movement.needless()).as(subject.name()).isZero();
  }

  private static long[] keys(long seed) {
    return new SplittableRandom(seed).longs(KEYS).toArray();
  }
}
