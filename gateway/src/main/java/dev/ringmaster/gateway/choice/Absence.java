package dev.ringmaster.gateway.choice;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a key is away from the seat that it comes home to.
///
/// @param home the seat that owns it when every replica serves with its whole weight
/// @param why for people
record Absence(int home, String why) {
  private static final int PERCENT = 100;

  /// The absence of a key; null if it is at home. Makes a table, so it is for those who ask, not
  /// for each request.
  static @Nullable Absence of(FleetView view, long hash) {
    Table table = view.table();
    Roster whole = table.roster().reweighted(seat -> wholeWeight(view.seats().get(seat)));
    int home = table.over(whole).owner(hash);
    Replica replica = home == Table.NONE ? null : view.seats().get(home);
    return replica == null || home == table.owner(hash)
        ? null
        : new Absence(home, why(home, replica));
  }

  private static int wholeWeight(@Nullable Replica replica) {
    if (replica == null || replica.share().weight() == 0) {
      return 0;
    }
    return Math.max(1, (int) Math.round(replica.share().weight() * Roster.FULL));
  }

  private static String why(int home, Replica replica) {
    String who = "its home is seat " + home + ", whose replica " + replica.name();
    if (replica.share().ejectedUntil() != null) {
      return who + " is " + replica.note();
    }
    return switch (replica.state()) {
      case SERVING ->
          who + " warms up and takes " + percent(replica.share().warmth()) + " of its keys";
      case STARTING, PROBING -> who + " is starting";
      case SUSPECT -> who + " " + replica.note();
      case DRAINING, GONE -> who + " is " + replica.state().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String percent(double part) {
    return Math.round(part * PERCENT) + " %";
  }
}
