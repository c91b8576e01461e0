/// Seat tables and other consistent hashing schemes as immutable values.
///
/// A [dev.ringmaster.ring.Roster] says which seats there are and how much each takes; a
/// [dev.ringmaster.ring.Scheme] turns it into a [dev.ringmaster.ring.Table], which maps 64-bit key
/// hashes to seats. Depends on nothing but hash4j.
@NullMarked
package dev.ringmaster.ring;

import org.jspecify.annotations.NullMarked;
