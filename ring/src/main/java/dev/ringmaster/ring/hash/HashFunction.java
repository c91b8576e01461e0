package dev.ringmaster.ring.hash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.ringmaster.ring.names.KnownNames;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function from bytes to 64 bits, without state: safe for use by any thread.
///
/// Strangers may bring their own: a public class with a public constructor without arguments, in a
/// jar, named `class:com.example.MyHash`.
public interface HashFunction {

  /// The names that [#named] knows. `polynomial` takes coefficients, `class` a class name.
  KnownNames NAMES =
      new KnownNames(
          "hash function",
          List.of(
              "xxh3",
              "siphash",
              "md5",
              "sha256",
              "fnv1a",
              "murmur3",
              "polynomial:a,b,c",
              "class:NAME"));

  /// The bytes in the secret of a keyed function.
  int SECRET_BYTES = 16;

  /// The name by which settings and reports know the function.
  String name();

  /// The hash of `length` bytes from `offset`, read through `access` where they lie. The result
  /// depends on the bytes alone, not on what holds them.
  ///
  /// @param access little endian in its reads of more than one byte, as hash4j asks of it
  <T> long hash(T bytes, long offset, long length, ByteAccess<T> access);

  /// The hash of a whole array.
  default long hash(byte[] bytes) {
    return hash(bytes, 0, bytes.length, ByteAccess.forByteArray());
  }

  /// The hash of a text's UTF-8 bytes.
  default long hash(String text) {
    return hash(text.getBytes(UTF_8));
  }

  /// The function of a name: `xxh3`, `siphash`, `md5`, `sha256`, `fnv1a`, `murmur3`,
  /// `polynomial:a,b,c` (see [PolynomialHash]) or `class:NAME`.
  ///
  /// @param secret [#SECRET_BYTES] bytes for `siphash`; the others ignore it
  /// @param jar where the class of `class:NAME` lies; null: on the class path
  /// @throws IllegalArgumentException for an unknown name (the message shows the nearest one), a
  ///   secret of another length, or a plug-in that cannot be loaded
  static HashFunction named(String name, byte[] secret, @Nullable Path jar) {
    return switch (name) {
      case "xxh3" -> xxh3(0);
      case "siphash" -> SipHash.of(secret);
      case "md5" -> new DigestHash(name, "MD5", ByteOrders.LITTLE);
      case "sha256" -> new DigestHash(name, "SHA-256", ByteOrders.BIG);
      case "fnv1a" -> new Fnv1aHash();
      case "murmur3" -> new LibraryHash(name, Hashing.murmur3_128());
      default -> parsed(name, jar);
    };
  }

  /// XXH3 with a seed; with seed 0 it is the plain XXH3 of other programs. For keys that clients do
  /// not choose: they could find keys that collide.
  static HashFunction xxh3(long seed) {
    return new LibraryHash("xxh3", seed == 0 ? Hashing.xxh3_64() : Hashing.xxh3_64(seed));
  }

  private static HashFunction parsed(String name, @Nullable Path jar) {
    if (name.startsWith("polynomial:")) {
      return PolynomialHash.parse(name.substring("polynomial:".length()));
    }
    if (name.startsWith("class:")) {
      return PlugIn.load(name.substring("class:".length()), jar);
    }
    throw NAMES.unknown(name);
  }
}
