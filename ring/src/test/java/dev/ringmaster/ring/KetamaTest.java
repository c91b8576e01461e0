package dev.ringmaster.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.ring.hash.HashFunction;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Vectors of spymemcached's KetamaNodeLocatorTest, and a second implementation by BigInteger and
/// TreeMap.
class KetamaTest {
  private static final HashFunction MD5 = HashFunction.named("md5", new byte[0], null);

  /// testLookups and testClusterResizing.
  @Test
  void keysLieWhereSpymemcachedLooksForThem() {
    Table four = new Scheme.Ketama().table(local(4));
    assertThat(owner(four, "dustin")).isEqualTo(0);
    assertThat(owner(four, "noelani")).isEqualTo(2);
    assertThat(owner(four, "some other key")).isEqualTo(0);
    Table five = four.over(local(5));
    assertThat(owner(five, "dustin")).isEqualTo(0);
    assertThat(owner(five, "noelani")).isEqualTo(2);
    assertThat(owner(five, "some other key")).isEqualTo(4);
  }

  /// testContinuumWrapping: keys past the last point.
  @Test
  void keysPastTheLastPointWrapAround() {
    Table four = new Scheme.Ketama().table(local(4));
    assertThat(owner(four, "V5XS8C8N")).isEqualTo(3);
    assertThat(owner(four, "8KR2DKR2")).isEqualTo(3);
    assertThat(owner(four, "L9KH6X4X")).isEqualTo(3);
  }

  /// testContinuumWrapping: the highest point of all.
  @Test
  void theHighestPointIsTheirs() {
    Circle circle = KetamaPoints.circle(local(4));
    assertThat(circle.size()).isEqualTo(640);
    assertThat(circle.place(639) >>> 32).isEqualTo(4294887009L);
  }

  /// testLibKetamaCompat.
  @Test
  void keysLieWhereLibketamaLooksForThem() {
    Table five = new Scheme.Ketama().table(local(5));
    assertThat(owner(five, "36")).isEqualTo(2);
    assertThat(owner(five, "10037")).isEqualTo(3);
    assertThat(owner(five, "22051")).isEqualTo(1);
    assertThat(owner(five, "49044")).isEqualTo(4);
  }

  /// testLibKetamaCompatTwo, its first 40 keys: 0, 233, 466 …
  @Test
  void aLongerListAgreesToo() {
    Roster roster =
        Roster.of(
            IntStream.rangeClosed(1, 8)
                .mapToObj(i -> "10.0.1." + i + ":11211")
                .toArray(String[]::new));
    Table table = new Scheme.Ketama().table(roster);
    int[] hosts =
        IntStream.range(0, 40).map(i -> 1 + owner(table, Integer.toString(233 * i))).toArray();
    assertThat(hosts)
        .containsExactly(
            1, 7, 3, 1, 6, 2, 1, 6, 5, 3, 7, 3, 6, 1, 2, 3, 8, 4, 4, 3, 4, 7, 4, 2, 2, 3, 2, 7, 5,
            5, 1, 5, 4, 2, 5, 5, 1, 2, 2, 1);
  }

  @Test
  void anIndependentImplementationAgreesOnAnyKey() throws Exception {
    Roster roster = local(20);
    Table table = new Scheme.Ketama().table(roster);
    TreeMap<Long, Integer> points = new TreeMap<>();
    for (int seat = 0; seat < roster.size(); seat++) {
      for (int i = 0; i < 40; i++) {
        byte[] digest = md5(roster.label(seat) + "-" + i);
        for (int h = 0; h < 4; h++) {
          points.put(word(digest, 4 * h), seat);
        }
      }
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 5_000; i++) {
      String key = "key" + random.nextInt();
      Map.Entry<Long, Integer> point = points.ceilingEntry(word(md5(key), 0));
      int expected = point == null ? points.firstEntry().getValue() : point.getValue();
      assertThat(owner(table, key)).as(key).isEqualTo(expected);
    }
  }

  private static byte[] md5(String text) throws Exception {
    return MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
  }

  private static long word(byte[] digest, int at) {
    byte[] reversed = {digest[at + 3], digest[at + 2], digest[at + 1], digest[at]};
    return new BigInteger(1, reversed).longValue();
  }

  private static int owner(Table table, String key) {
    return table.owner(MD5.hash(key));
  }

  private static Roster local(int count) {
    return Roster.of(
        IntStream.range(0, count).mapToObj(i -> "127.0.0.1:" + (10000 + i)).toArray(String[]::new));
  }
}
