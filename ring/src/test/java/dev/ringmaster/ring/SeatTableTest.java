package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeatTableTest {

  @Test
  void tenFullSeatsGiveThePublishedOwners() {
    Table table = new Scheme.Seats().table(Rosters.full(10));
    int[] owners = IntStream.range(0, 12).map(i -> table.owner(Mix.mix(i + Mix.G))).toArray();
    assertThat(owners).containsExactly(7, 5, 0, 1, 8, 6, 8, 3, 6, 2, 6, 0);
  }

  /// Computed by a second implementation, in Python, of the definition: seats 6 to 9 were appended
  /// and all but 7 still ramp.
  @Test
  void weightsAndRampsGiveTheDefinedCandidates() {
    List<Integer> weights = List.of(65535, 0, 30000, 65535, 100, 0, 20000, 65535, 45000, 1);
    Table table = new Scheme.Seats().table(Rosters.weighted(weights, 6));
    int[][] defined = {
      {7, 0, 2}, {2, 3, 0}, {0, 2, 7}, {3, 2, 0}, {0, 3, 2}, {6, 3, 8}, {3, 0, 8}, {3, 7, 0},
      {6, 0, 8}, {6, 3, 2}, {8, 0, 7}, {0, 3, 2}, {7, 3, 8}, {0, 3, 7}, {8, 0, 7}, {3, 0, 7},
      {3, 2, 8}, {3, 2, 7}, {2, 7, 3}, {0, 8, 7}, {3, 7, 8}, {3, 6, 7}, {2, 3, 8}, {6, 7, 0}
    };
    assertCandidates(table, defined);
  }

  /// By the same: three of forty seats with so little weight that the fallback order decides.
  @Test
  void almostDeadSeatsGiveTheDefinedCandidates() {
    int[] weights = new int[40];
    weights[11] = 700;
    weights[29] = 90;
    weights[33] = 5;
    Table table = new Scheme.Seats().table(Rosters.full(40).reweighted(seat -> weights[seat]));
    int[][] defined = {
      {33, 29, 11},
      {11, 33, 29},
      {33, 29, 11},
      {11, 33, 29},
      {11, 33, 29},
      {29, 33, 11},
      {29, 11, 33},
      {33, 11, 29}
    };
    assertCandidates(table, defined);
  }

  private static void assertCandidates(Table table, int[][] defined) {
    for (int i = 0; i < defined.length; i++) {
      int[] found = new int[defined[i].length];
      table.candidates(Mix.mix(i + Mix.G), found);
      assertThat(found).as("key " + i).isEqualTo(defined[i]);
      assertThat(table.owner(Mix.mix(i + Mix.G))).isEqualTo(defined[i][0]);
    }
  }

  /// Few of a thousand live, so that most probe sequences end in the fallback order.
  @Test
  void theLastFewOfManySeatsShareTheKeysEvenly() {
    Roster roster = Rosters.full(1000).reweighted(seat -> seat % 125 == 7 ? Roster.FULL : 0);
    Table table = new Scheme.Seats().table(roster);
    Balance balance = Balance.of(table, 40_000, new SplittableRandom(5));
    assertThat(balance.loads()).hasSize(8);
    assertThat(balance.pValue()).isGreaterThan(0.001);
  }

  @Test
  void noKeyMovesNeedlesslyAmongTheLastFewEither() {
    Table table =
        new Scheme.Seats().table(Rosters.full(1000).reweighted(seat -> seat % 125 == 7 ? 9000 : 0));
    for (int weight : new int[] {0, 1, 20_000, Roster.FULL}) {
      Table changed = table.over(table.roster().weighted(132, weight));
      Movement movement = Movement.between(table, changed, 5_000, new SplittableRandom(weight));
      assertThat(movement.needless()).isZero();
      Table another = table.over(table.roster().weighted(500, weight));
      assertThat(Movement.between(table, another, 5_000, new SplittableRandom(2)).needless())
          .isZero();
    }
  }

  /// The definition, step by step: all seats with weight, by mix(h' ^ mix(s + 1)), unsigned.
  @Test
  void theFallbackOrderIsTheDefinedOne() {
    Roster roster = Rosters.full(300).reweighted(seat -> seat % 50 == 0 ? 1 : 0);
    Table table = new Scheme.Seats().table(roster);
    SplittableRandom random = new SplittableRandom(9);
    int lastProbe = 63;
    int fromFallback = 0;
    for (int i = 0; i < 200; i++) {
      long h = random.nextLong();
      long start = h + lastProbe * Mix.G;
      int[] defined =
          IntStream.range(0, 300)
              .filter(seat -> roster.weight(seat) > 0)
              .boxed()
              .sorted((a, b) ->
                  Long.compareUnsigned(
                      Mix.mix(start ^ Mix.mix(a + 1L)), Mix.mix(start ^ Mix.mix(b + 1L))))
              .mapToInt(Integer::intValue)
              .toArray();
      int[] found = new int[6];
      assertThat(table.candidates(h, found)).isEqualTo(6);
      fromFallback += Arrays.equals(found, defined) ? 1 : 0;
    }
    assertThat(fromFallback).isGreaterThan(190);
  }

  @Test
  void aRampingSeatAsksTheOlderTable() {
    Table older = new Scheme.Seats().table(Rosters.full(5));
    Table newer = older.over(older.roster().grown("new"));
    Table warming = older.over(newer.roster().weighted(5, 30_000));
    SplittableRandom random = new SplittableRandom(4);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      long key = random.nextLong();
      assertThat(newer.owner(key)).isEqualTo(older.owner(key));
      taken += warming.owner(key) == 5 ? 1 : 0;
    }
    assertThat(taken).isBetween(600, 930);
  }

  @Test
  void everyAnswerOfAHundredThousandSeatsIsASeat() {
    Roster roster = Rosters.full(100_000).reweighted(seat -> seat % 10 == 0 ? 0 : Roster.FULL);
    Table table = new Scheme.Seats().table(roster);
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 100_000; i++) {
      assertThat(table.owner(random.nextLong()) % 10).isPositive();
    }
  }
}
