/// Hash functions from bytes to 64-bit key hashes, hashed where the bytes lie.
///
/// ```java
/// HashFunction xxh3 = HashFunction.named("xxh3", new byte[16], null);
/// long h = xxh3.hash("user-42");
/// ```
@NullMarked
package dev.ringmaster.ring.hash;

import org.jspecify.annotations.NullMarked;
