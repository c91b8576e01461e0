package dev.ringmaster.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The points of the scheme `ketama` (last.fm's libketama, 2007), as spymemcached places them: the
/// MD5 of `label-i`, i = 0…39, gives four 32-bit points each, little endian.
///
/// A seat of less weight takes fewer of its 40 digests. libketama makes the number a share of the
/// total weight instead, by which a change of one weight moves the keys of all.
final class KetamaPoints {
  private static final int DIGESTS = 40;
  private static final int POINTS_A_DIGEST = 4;

  private KetamaPoints() {}

  static Circle circle(Roster roster) {
    int total = 0;
    for (int seat = 0; seat < roster.size(); seat++) {
      total += POINTS_A_DIGEST * RingPoints.count(roster.weight(seat), DIGESTS);
    }
    long[] entries = new long[total];
    MessageDigest md5 = md5();
    int next = 0;
    for (int seat = 0; seat < roster.size(); seat++) {
      int digests = RingPoints.count(roster.weight(seat), DIGESTS);
      for (int i = 0; i < digests; i++) {
        byte[] digest = md5.digest((roster.label(seat) + "-" + i).getBytes(UTF_8));
        for (int point = 0; point < POINTS_A_DIGEST; point++) {
          entries[next++] = Circle.entry(littleEndian(digest, point * 4) << 32, seat);
        }
      }
    }
    return Circle.of(entries);
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at + 3] & 0xFFL) << 24
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at] & 0xFFL);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
