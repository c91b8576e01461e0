/// Seat tables and other consistent hashing schemes as immutable values.
///
/// A [dev.ringmaster.ring.Roster] says which seats there are and how much each takes; a
/// [dev.ringmaster.ring.Scheme] turns it into a [dev.ringmaster.ring.Table], which maps 64-bit key
/// hashes to seats. Depends on nothing but hash4j.
///
/// ```java
/// HashFunction hash = HashFunction.named("xxh3", new byte[16], null);
/// Table table = new Scheme.Seats().table(Roster.of("a:80", "b:80", "c:80"));
/// int owner = table.owner(hash.hash("user-42"));
///
/// Table without = table.over(table.roster().weighted(owner, 0)); // it died
/// int[] order = new int[2];
/// int count = without.candidates(hash.hash("user-42"), order); // who takes its keys
///
/// Movement movement = Movement.between(table, without, 100_000, new SplittableRandom(1));
/// assert movement.needless() == 0;
/// ```
@NullMarked
package dev.ringmaster.ring;

import org.jspecify.annotations.NullMarked;
