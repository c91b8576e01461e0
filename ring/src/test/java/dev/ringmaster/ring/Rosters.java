package dev.ringmaster.ring;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Rosters for tests.
final class Rosters {
  private Rosters() {}

  /// A roster of `size` full seats labelled as Ringmaster labels its own.
  static Roster full(int size) {
    String[] labels = new String[size];
    for (int seat = 0; seat < size; seat++) {
      labels[seat] = label(seat);
    }
    return Roster.of(labels);
  }

  /// One to twenty seats, dead, full or of any weight, some of them appended and warming up.
  static Arbitrary<Roster> any() {
    Arbitrary<Integer> weight =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)),
            Tuple.of(5, Arbitraries.just(Roster.FULL)),
            Tuple.of(3, Arbitraries.integers().between(1, Roster.FULL - 1)),
            Tuple.of(1, Arbitraries.integers().between(1, 20)));
    return Combinators.combine(
            weight.list().ofMinSize(1).ofMaxSize(20), Arbitraries.integers().between(0, 20))
        .as(Rosters::weighted);
  }

  /// The roster of these weights; the seats from `appendedFrom` on are appended to those before.
  static Roster weighted(List<Integer> weights, int appendedFrom) {
    int first = Math.min(appendedFrom, weights.size());
    Roster roster = full(first);
    for (int seat = first; seat < weights.size(); seat++) {
      roster = roster.grown(label(seat));
    }
    for (int seat = 0; seat < weights.size(); seat++) {
      roster = roster.weighted(seat, weights.get(seat));
    }
    return roster;
  }

  static String label(int seat) {
    return "seat-" + seat;
  }
}
