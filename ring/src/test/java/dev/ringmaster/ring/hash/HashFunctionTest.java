package dev.ringmaster.ring.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.dynatrace.hash4j.hashing.ByteAccess;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashFunctionTest {
  private static final byte[] SECRET = "sixteen bytes ok".getBytes(UTF_8);
  private static final List<String> ALL =
      List.of("xxh3", "siphash", "md5", "sha256", "fnv1a", "murmur3", "polynomial:1,2,17");

  /// Published values: xxHash, RFC 1321, FIPS 180, RFC 9923, SMHasher.
  @ParameterizedTest
  @CsvSource({
    "xxh3, '', 2D06800538D394C2",
    "xxh3, a, E6C632B61E964E1F",
    "xxh3, abc, 78AF5F94892F3950",
    "md5, '', 04B2008FD98C1DD4",
    "md5, abc, B04FD23C98500190",
    "sha256, '', E3B0C44298FC1C14",
    "sha256, abc, BA7816BF8F01CFEA",
    "fnv1a, '', CBF29CE484222325",
    "fnv1a, a, AF63DC4C8601EC8C",
    "fnv1a, foobar, 85944171F73967E8",
    "murmur3, hello, CBD8A7B341BD9B02",
  })
  void knownTextsHaveTheirPublishedHashes(String name, String text, String hex) {
    long expected = Long.parseUnsignedLong(hex, 16);
    assertThat(named(name).hash(text)).isEqualTo(expected);
  }

  @Property(tries = 200)
  void theHashDependsOnTheBytesAloneNotOnWhatHoldsThem(
      @ForAll byte[] key, @ForAll @IntRange(max = 9) int offset) {
    byte[] padded = new byte[offset + key.length + 5];
    System.arraycopy(key, 0, padded, offset, key.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(padded.length).order(ByteOrder.LITTLE_ENDIAN);
    direct.put(0, padded);
    MemorySegment segment = MemorySegment.ofBuffer(direct);
    for (String name : ALL) {
      HashFunction function = named(name);
      long expected = function.hash(key);
      assertThat(function.hash(padded, offset, key.length, ByteAccess.forByteArray()))
          .as(name)
          .isEqualTo(expected);
      assertThat(
              function.hash(
                  direct, offset, key.length, ByteAccess.forByteBuffer(ByteOrder.LITTLE_ENDIAN)))
          .as(name)
          .isEqualTo(expected);
      assertThat(
              function.hash(
                  segment, offset, key.length, ByteAccess.forMemorySegment(MemorySegment.class)))
          .as(name)
          .isEqualTo(expected);
    }
  }

  @Example
  void aLongKeyIsHashedInWhole() {
    byte[] key = new byte[1000];
    for (String name : ALL) {
      HashFunction function = named(name);
      long zeros = function.hash(key);
      for (int at : new int[] {0, 63, 64, 511, 999}) {
        key[at] = 1;
        boolean shiftedOut = name.startsWith("polynomial") && at < 992;
        assertThat(function.hash(key) == zeros).as(name + " at " + at).isEqualTo(shiftedOut);
        key[at] = 0;
      }
    }
  }

  @Test
  void aFunctionKnowsItsName() {
    for (String name : ALL) {
      assertThat(named(name).name()).isEqualTo(name);
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named("sphash"))
        .withMessageContaining("unknown hash function 'sphash'")
        .withMessageContaining("did you mean 'siphash'?");
  }

  @ParameterizedTest
  @CsvSource({"0,17", "1,20", "100000,10000200017", "ab,621554777", "'',17"})
  void thePolynomialReadsDigitsAsANumberAndOthersAsBytes(String key, long hash) {
    assertThat(named("polynomial:1,2,17").hash(key)).isEqualTo(hash);
  }

  @Test
  void thePolynomialTakesOwnCoefficients() {
    assertThat(named("polynomial:3,-1,4").hash("10")).isEqualTo(294);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named("polynomial:1,2"))
        .withMessageContaining("three integers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named("polynomial:1,2,x"))
        .withMessageContaining("'1,2,x'");
  }

  @Test
  void aSeedChangesXxh3() {
    long plain = HashFunction.xxh3(0).hash("key");
    assertThat(plain).isEqualTo(named("xxh3").hash("key"));
    assertThat(HashFunction.xxh3(1).hash("key")).isNotEqualTo(plain);
  }

  @Test
  void textIsHashedAsUtf8() {
    byte[] utf8 = {(byte) 0xC3, (byte) 0xA9};
    for (String name : ALL) {
      assertThat(named(name).hash("é")).as(name).isEqualTo(named(name).hash(utf8));
    }
  }

  @Test
  void oneFunctionServesManyThreads() {
    for (String name : ALL) {
      HashFunction function = named(name);
      long[] alone = IntStream.range(0, 5_000).mapToLong(i -> function.hash("k" + i)).toArray();
      long[] together =
          IntStream.range(0, 5_000).parallel().mapToLong(i -> function.hash("k" + i)).toArray();
      assertThat(together).as(name).isEqualTo(alone);
    }
  }

  private static HashFunction named(String name) {
    return HashFunction.named(name, SECRET, null);
  }
}
