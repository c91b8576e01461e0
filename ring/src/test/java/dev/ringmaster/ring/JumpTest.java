package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JumpTest {
  private static final Buckets JUMP = new Buckets.Jump();
  private static final Buckets JUMP_BACK = new Buckets.JumpBack();

  /// From Guava's HashingTest, testConsistentHash_linearCongruentialGeneratorCompatibility.
  @Test
  void jumpAnswersAsGuavaDoes() {
    int[] first = IntStream.range(0, 20).map(key -> JUMP.bucket(key, 100)).toArray();
    assertThat(first)
        .containsExactly(
            0, 55, 62, 8, 45, 59, 86, 97, 82, 59, 73, 37, 17, 56, 86, 21, 90, 37, 38, 83);
    assertThat(JUMP.bucket(10863919174838991L, 11)).isEqualTo(6);
    assertThat(JUMP.bucket(2016238256797177309L, 11)).isEqualTo(3);
    assertThat(JUMP.bucket(1673758223894951030L, 11)).isEqualTo(5);
    assertThat(JUMP.bucket(2, 100_001)).isEqualTo(80343);
    assertThat(JUMP.bucket(2201, 100_001)).isEqualTo(22152);
    assertThat(JUMP.bucket(2202, 100_001)).isEqualTo(15018);
  }

  @Test
  void theJumpSchemeOwnsByJumpHash() {
    Table table = new Scheme.Jump().table(Rosters.full(100));
    assertThat(table.owner(1)).isEqualTo(55);
    assertThat(table.owner(19)).isEqualTo(83);
  }

  /// From hash4j's AbstractConsistentBucketHasherTest: a million answers in one check sum.
  @Test
  void jumpBackAnswersAsHash4jPublished() {
    SplittableRandom random = new SplittableRandom(0x0a55871a9d9103b7L);
    HashStream64 sum = Hashing.komihash5_0().hashStream();
    for (int i = 0; i < 1_000_000; i++) {
      int count = Math.max(1, random.nextInt() >>> 1 >>> random.nextInt());
      sum.putInt(JUMP_BACK.bucket(random.nextLong(), count));
    }
    assertThat(sum.getAsLong()).isEqualTo(0x4230b4d46f271c99L);
  }

  @Test
  void oneJumpBackHasherServesManyThreads() {
    long[] keys = new SplittableRandom(1).longs(200_000).toArray();
    int[] alone = Arrays.stream(keys).mapToInt(key -> JUMP_BACK.bucket(key, 1000)).toArray();
    int[] together =
        LongStream.of(keys).parallel().mapToInt(key -> JUMP_BACK.bucket(key, 1000)).toArray();
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void aZeroKeyComesToAnEnd() {
    for (int count = Integer.MAX_VALUE; count > 0; count /= 3) {
      assertThat(JUMP_BACK.bucket(0, count)).isZero();
    }
  }
}
