package dev.ringmaster.lab.theory;

import dev.ringmaster.lab.stats.Median;
import dev.ringmaster.ring.Balance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Rings whose points and keys fall at random.
public final class RandomPoints {
  private static final int FREE = -1;

  private RandomPoints() {}

  /// The deviation of the replicas' shares on a continuous ring, as a part of all requests (root of
  /// the mean square). With `points` a replica one share follows Beta(points, points·(N - 1)),
  /// whose variance is (1/N)(1 - 1/N) / (points·N + 1).
  public static double shareDeviation(int replicas, int points) {
    double share = 1.0 / replicas;
    return Math.sqrt(share * (1 - share) / ((double) points * replicas + 1));
  }

  /// The median spread of the expected loads over the classic ring if both of its functions were
  /// uniformly random: each virtual server on a free slot drawn at random, each request on a random
  /// slot, going to the next server clockwise. For M = 512, N = 3 and 10,000 requests the contract
  /// says about 746 for K = 9 and 145 for K = 100; sampling noise comes on top.
  ///
  /// @param rings how many random rings the median is taken over
  public static double slottedSpread(Ring ring, int rings, RandomGenerator random) {
    List<Double> spreads = new ArrayList<>(rings);
    for (int i = 0; i < rings; i++) {
      double deviation = Balance.of(owned(ring, random)).standardDeviation();
      spreads.add(deviation * ring.requests / ring.slots);
    }
    return Median.of(spreads);
  }

  /// A ring of random points.
  ///
  /// @param slots M
  /// @param replicas N
  /// @param points K, virtual servers a replica; `points · replicas` is at most `slots`
  /// @param requests how many requests it is asked
  public record Ring(int slots, int replicas, int points, int requests) {
    public Ring {
      if (replicas < 1 || points < 1 || (long) points * replicas > slots) {
        throw new IllegalArgumentException(
            "%d replicas of %d points on %d slots".formatted(replicas, points, slots));
      }
    }
  }

  /// How many slots each replica answers for.
  private static long[] owned(Ring ring, RandomGenerator random) {
    int[] owner = new int[ring.slots];
    Arrays.fill(owner, FREE);
    for (int point = 0; point < ring.points * ring.replicas; point++) {
      int slot = random.nextInt(ring.slots);
      while (owner[slot] != FREE) {
        slot = random.nextInt(ring.slots);
      }
      owner[slot] = point % ring.replicas;
    }
    long[] owned = new long[ring.replicas];
    int next = FREE;
    for (int i = 2 * ring.slots - 1; i >= 0; i--) {
      int slot = i % ring.slots;
      next = owner[slot] == FREE ? next : owner[slot];
      if (i < ring.slots) {
        owned[next]++;
      }
    }
    return owned;
  }
}
