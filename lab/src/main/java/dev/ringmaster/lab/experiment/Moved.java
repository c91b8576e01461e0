package dev.ringmaster.lab.experiment;

import dev.ringmaster.ring.Movement;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;
import java.util.List;
import java.util.SplittableRandom;

/// How many keys one change moves.
///
/// @param scheme the contender's name
/// @param change what changed
/// @param least the part of the keys that no scheme of equal shares can help to move, 0 to 1
/// @param moved the part that moved
/// @param needless the part that moved although neither its old owner left nor its new one came
public record Moved(String scheme, String change, double least, double moved, double needless) {
  private static final int KEYS = 100_000;

  /// The death of one of the seats, and the growth by one more.
  ///
  /// @param labels one a seat, at least two; the last one is the seat that is grown
  static List<Moved> of(Contender contender, List<String> labels, long seed) {
    int all = labels.size();
    Table whole = contender.scheme().table(Roster.of(labels.toArray(String[]::new)));
    Table small =
        contender.scheme().table(Roster.of(labels.subList(0, all - 1).toArray(String[]::new)));
    int dead = all / 2;
    Table hurt = whole.over(whole.roster().weighted(dead, 0));
    Roster grown = small.roster().grown(labels.getLast()).weighted(all - 1, Roster.FULL);
    return List.of(
        of(contender, "one of %d dies".formatted(all), 1.0 / all, between(whole, hurt, seed)),
        of(
            contender,
            "%d grow to %d".formatted(all - 1, all),
            1.0 / all,
            between(small, small.over(grown), seed)));
  }

  private static Movement between(Table before, Table after, long seed) {
    return Movement.between(before, after, KEYS, new SplittableRandom(seed));
  }

  private static Moved of(Contender contender, String change, double least, Movement movement) {
    return new Moved(
        contender.name(), change, least, movement.movedShare(), movement.needlessShare());
  }
}
