package dev.ringmaster.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.sun.management.ThreadMXBean;
import dev.ringmaster.ring.hash.HashFunction;
import java.lang.management.ManagementFactory;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// Lookups, choices and hashes allocate nothing, by the JVM's own count for this thread.
class AllocationTest {
  private static final int CALLS = 5_000;

  /// What the JVM itself may allocate on the side; less than a byte in two calls.
  private static final long NOISE_BYTES = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long sink;

  @Test
  void ownersAndCandidatesAreFoundWithoutAllocation() {
    Roster roster = Rosters.full(20).weighted(3, 0).weighted(7, 100);
    int[] into = new int[20];
    for (Subject subject : Subject.ALL) {
      Table table = subject.table(roster);
      assertAllocatesNothing(
          subject.name(),
          i -> {
            long key = Mix.mix(i);
            return table.owner(key) + table.candidates(key, into);
          });
    }
  }

  @Test
  void aBoundedChoiceAllocatesNothing() {
    BoundedLoad bound = BoundedLoad.of("1.25", 1);
    Roster roster = Rosters.full(4);
    int[] candidates = {2, 0, 1, 3};
    IntUnaryOperator load = seat -> seat;
    assertAllocatesNothing("choose", i -> bound.choose(candidates, 4, roster, i & 15, load));
  }

  @Test
  void keysAreHashedWithoutAllocation() {
    byte[] key = "the key of some client, longer than one block of any of them".getBytes(UTF_8);
    ByteAccess<byte[]> access = ByteAccess.forByteArray();
    for (String name : new String[] {"xxh3", "siphash", "fnv1a", "polynomial:1,2,17"}) {
      HashFunction function = HashFunction.named(name, new byte[16], null);
      assertAllocatesNothing(name, i -> (int) function.hash(key, i & 7, key.length - 8L, access));
    }
  }

  private void assertAllocatesNothing(String what, IntUnaryOperator call) {
    run(call);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(call);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as(what).isLessThan(NOISE_BYTES);
    assertThat(sink).isNotZero();
  }

  private void run(IntUnaryOperator call) {
    for (int i = 1; i <= CALLS; i++) {
      sink += 1 + (call.applyAsInt(i) & 1);
    }
  }
}
