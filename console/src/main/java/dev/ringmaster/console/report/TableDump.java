package dev.ringmaster.console.report;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.ring.Mix;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A seat table as `GET /api/table` shows it.
///
/// @param scheme the scheme's name
/// @param sampledKeys how many key hashes the shares were counted over; a share s is off by about
///   the root of s / sampledKeys
/// @param seats all seats, dead and free ones included
public record TableDump(
    String service,
    String scheme,
    long version,
    String fingerprint,
    int sampledKeys,
    List<SeatRow> seats) {

  /// One seat.
  ///
  /// @param label its lasting label
  /// @param weight 0 (dead or free) to 65535
  /// @param ramp whether it was appended and has not yet been full
  /// @param replica who sits on it, null if nobody
  /// @param share the part of the key space that it owns, 0 to 1
  public record SeatRow(
      int seat, String label, int weight, boolean ramp, @Nullable String replica, double share) {}

  /// Lookups of some schemes take time in proportion to the seats; this many steps are a fraction
  /// of a second.
  private static final int MAX_STEPS = 1 << 24;

  private static final int MOST_KEYS = 1 << 16;
  private static final int FEWEST_KEYS = 1 << 10;

  /// The table of the fleet in this view.
  public static TableDump of(FleetView view) {
    Table table = view.table();
    Roster roster = table.roster();
    int size = roster.size();
    int keys = Math.clamp(MAX_STEPS / Math.max(1, size), FEWEST_KEYS, MOST_KEYS);
    int[] owned = owned(table, keys);
    List<SeatRow> rows = new ArrayList<>(size);
    for (int seat = 0; seat < size; seat++) {
      @Nullable Replica replica = view.seats().get(seat);
      rows.add(
          new SeatRow(
              seat,
              roster.label(seat),
              roster.weight(seat),
              roster.ramping(seat),
              replica == null ? null : replica.name(),
              (double) owned[seat] / keys));
    }
    TableMark mark = TableMark.of(table);
    return new TableDump(
        view.service(), table.scheme().name(), mark.version(), mark.fingerprint(), keys, rows);
  }

  private static int[] owned(Table table, int keys) {
    int[] owned = new int[table.roster().size()];
    for (int i = 0; i < keys; i++) {
      int seat = table.owner(Mix.mix(i * Mix.G));
      if (seat != Table.NONE) {
        owned[seat]++;
      }
    }
    return owned;
  }
}
