package dev.ringmaster.ring;

/// How a table maps key hashes to seats; a value that makes tables.
public sealed interface Scheme {

  /// The name by which settings and reports know the scheme.
  String name();

  /// The table of this scheme over a roster.
  Table table(Roster roster);

  /// The seat table: one JumpBackHash probe sequence; see [SeatTable].
  record Seats() implements Scheme {
    @Override
    public String name() {
      return "seats";
    }

    @Override
    public Table table(Roster roster) {
      return new SeatTable(roster);
    }
  }
}
