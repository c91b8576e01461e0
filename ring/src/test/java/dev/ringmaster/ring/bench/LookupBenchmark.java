package dev.ringmaster.ring.bench;

import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The time of one lookup: the owner of a random key, or its first three candidates. The keys come
/// from a generator of two instructions, not from memory, so that the table has the caches to
/// itself as far as it fits.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class LookupBenchmark {
  /// The classic map holds no more servers than this.
  private static final int CLASSIC_SEATS = 56;

  /// Maglev slots a seat at the least: what the paper asks for, as far as memory allows.
  private static final int SLOTS_A_SEAT = 100;

  private static final int MOST_SLOTS = 10_000_000;
  private static final long WEYL = 0x9E3779B97F4A7C15L;
  private static final long MULTIPLIER = 0xD1342543DE82EF95L;

  @Param({"seats", "classic", "ring", "maglev", "rendezvous", "jump", "ketama"})
  String scheme = "seats";

  @Param({"10", "100", "1000", "10000", "100000"})
  int seats;

  @Param({"0", "10", "50"})
  int deadPercent;

  private Table table = new Scheme.Seats().table(Roster.of());
  private final int[] candidates = new int[3];
  private long counter;

  /// Builds the table; the dead seats are drawn at random.
  @Setup
  public void build() {
    int size = scheme.equals("classic") ? Math.min(seats, CLASSIC_SEATS) : seats;
    table = schemeFor(size).table(roster(size));
  }

  @Benchmark
  public int owner() {
    return table.owner(nextKey());
  }

  @Benchmark
  public int threeCandidates() {
    table.candidates(nextKey(), candidates);
    return candidates[2];
  }

  private long nextKey() {
    counter += WEYL;
    long key = (counter ^ (counter >>> 32)) * MULTIPLIER;
    return key ^ (key >>> 32);
  }

  private Scheme schemeFor(int size) {
    if (scheme.equals("maglev") && size * SLOTS_A_SEAT > Scheme.Maglev.STANDARD_SIZE) {
      int slots = Math.min(MOST_SLOTS, size * SLOTS_A_SEAT);
      return new Scheme.Maglev(BigInteger.valueOf(slots).nextProbablePrime().intValue());
    }
    return Scheme.named(scheme);
  }

  private Roster roster(int size) {
    String[] labels = new String[size];
    for (int seat = 0; seat < size; seat++) {
      labels[seat] = "seat-" + seat;
    }
    SplittableRandom random = new SplittableRandom(size);
    boolean[] dead = new boolean[size];
    int toKill = size * deadPercent / 100;
    while (toKill > 0) {
      int seat = random.nextInt(size);
      toKill -= dead[seat] ? 0 : 1;
      dead[seat] = true;
    }
    return Roster.of(labels).reweighted(seat -> dead[seat] ? 0 : Roster.FULL);
  }
}
