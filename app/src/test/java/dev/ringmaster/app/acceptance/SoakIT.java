package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Half the maximum rate, while replicas are killed, paused, added and removed every few seconds:
/// no idempotent request fails, and memory stays flat.
///
/// Half a minute with Netty's leak detector at its strictest; `-Dsoak.minutes=10`, which is what
/// `bench/soak` says, soaks for longer and without it.
class SoakIT {
  private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "0"));
  private static final long SEED = Long.getLong("soak.seed", 1);
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final int N = 4;
  private static final int CONNECTIONS = 32;

  /// What the first third may grow by until the last: a leak of a thousandth of the traffic would
  /// be many times that in ten minutes.
  private static final double FLAT = 1.2;

  @TempDir Path directory;

  @Test
  void noRequestFailsWhateverHappensToReplicas() throws Exception {
    boolean soak = MINUTES > 0;
    Duration length = soak ? Duration.ofMillis(Math.round(MINUTES * 60_000)) : SHORT;
    List<String> jvm = soak ? List.of() : List.of("-Dio.netty.leakDetection.level=paranoid");
    String[] flags = {"--replicas", Integer.toString(N), "--key", "header:X-Key"};
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory, jvm, flags)) {
      double most = mostPerSecond(ringmaster);
      long endNs = System.nanoTime() + length.toNanos();
      List<Long> residentKb = new ArrayList<>();
      Mischief mischief = new Mischief(ringmaster, N, new SplittableRandom(SEED));
      try (PacedLoad load = PacedLoad.begin(ringmaster.traffic(), CONNECTIONS, most / 2)) {
        SplittableRandom pauses = new SplittableRandom(~SEED);
        while (System.nanoTime() < endNs) {
          pass(Duration.ofMillis(pauses.nextInt(1500, 4000)), ringmaster, residentKb);
          mischief.next();
        }
        mischief.end();
        ringmaster.awaitServing(mischief.n());
        load.end();
        report(most, load, mischief, residentKb);
        assertThat(load.outcomes()).containsOnlyKeys("200");
      } finally {
        mischief.end();
      }
      assertThat(ringmaster.log()).doesNotContain("LEAK");
      if (soak) {
        assertThat(last(residentKb)).isLessThan(FLAT * first(residentKb));
      }
      assertThat(ringmaster.stop()).isZero();
    }
  }

  /// As fast as the answers come, after as long a warming up.
  private static double mostPerSecond(RunningRingmaster ringmaster) throws InterruptedException {
    double rate = 0;
    for (int turn = 0; turn < 2; turn++) {
      try (PacedLoad load =
          PacedLoad.begin(ringmaster.traffic(), CONNECTIONS, Double.POSITIVE_INFINITY)) {
        pass(Duration.ofSeconds(3));
        rate = load.rate();
        load.end();
        assertThat(load.outcomes()).containsOnlyKeys("200");
      }
    }
    return rate;
  }

  private static void pass(Duration time) {
    long endNs = System.nanoTime() + time.toNanos();
    await()
        .atMost(time.plusSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> System.nanoTime() >= endNs);
  }

  private static void pass(Duration time, RunningRingmaster ringmaster, List<Long> residentKb)
      throws IOException {
    pass(time);
    residentKb.add(residentKb(ringmaster.process()));
  }

  private static long residentKb(ProcessHandle process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new AssertionError("no VmRSS of " + process.pid());
  }

  private static double first(List<Long> residentKb) {
    return mean(residentKb.subList(0, residentKb.size() / 3));
  }

  private static double last(List<Long> residentKb) {
    return mean(residentKb.subList(residentKb.size() * 2 / 3, residentKb.size()));
  }

  private static double mean(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  private static void report(
      double most, PacedLoad load, Mischief mischief, List<Long> residentKb) {
    System.out.printf(
        "soak: seed %d, at most %.0f requests/s; %.0f a second sent, answers %s; latency ms p50 %.1f,"
            + " p99 %.1f, p99.9 %.1f, longest %.0f; replicas %s; resident MB first third %.0f, last"
            + " third %.0f%n",
        SEED,
        most,
        load.rate(),
        load.outcomes(),
        load.latencyMs(50),
        load.latencyMs(99),
        load.latencyMs(99.9),
        load.latencyMs(100),
        mischief.deeds(),
        first(residentKb) / 1024,
        last(residentKb) / 1024);
  }
}
