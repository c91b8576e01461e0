package dev.ringmaster.ring;

import com.dynatrace.hash4j.consistent.ConsistentBucketHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;

/// A consistent hash onto buckets 0…n−1: from n to n+1 buckets, a key stays or moves to bucket n.
sealed interface Buckets {

  /// The bucket of a key among `count` > 0.
  int bucket(long key, int count);

  /// JumpBackHash with hash4j's xorshift generator (<<7, >>>9). The hasher of hash4j has no state
  /// of its own: one serves all threads.
  record JumpBack() implements Buckets {
    private static final ConsistentBucketHasher HASHER =
        ConsistentHashing.jumpBackHashXorshiftL7R9();

    @Override
    public int bucket(long key, int count) {
      return HASHER.getBucket(key, count);
    }
  }

  /// Lamping, Veach: A Fast, Minimal Memory, Consistent Hash Algorithm (2014), with the paper's
  /// generator, as in Guava's `Hashing.consistentHash`.
  record Jump() implements Buckets {
    private static final long MULTIPLIER = 2862933555777941757L;

    @Override
    public int bucket(long key, int count) {
      long state = key;
      int bucket = 0;
      while (true) {
        state = state * MULTIPLIER + 1;
        double fraction = ((int) (state >>> 33) + 1) / 0x1p31;
        int next = (int) ((bucket + 1) / fraction);
        if (next < 0 || next >= count) {
          return bucket;
        }
        bucket = next;
      }
    }
  }
}
