package dev.ringmaster.ring;

/// An immutable map from 64-bit key hashes to seats.
///
/// The answer is a function of the scheme, the roster and the hash alone. Safe for use by any
/// thread; lookups allocate nothing.
public sealed interface Table
    permits SeatTable, CircleTable, MaglevTable, RendezvousTable, ClassicTable {

  /// What [#owner] answers when no seat has any weight.
  int NONE = -1;

  /// The scheme this table was made by.
  Scheme scheme();

  /// The roster this table was made of.
  Roster roster();

  /// The seat that owns a key, or [#NONE] if all seats are dead.
  int owner(long hash);

  /// Fills `into` with distinct live seats in the order in which the key tries them, the owner
  /// first: the order of spill, retry, hedge and standby. Meant for a few: the cost grows with the
  /// square of the number asked for.
  ///
  /// @return how many were filled in: `min(into.length, roster().live())`
  int candidates(long hash, int[] into);

  /// Equal for tables that answer alike: a hash of the scheme, its parameters and the seats.
  long fingerprint();

  /// The table of the same scheme over another roster.
  ///
  /// @throws RingFullException if the scheme has no room for that many live seats
  default Table over(Roster roster) {
    return scheme().table(roster);
  }
}
