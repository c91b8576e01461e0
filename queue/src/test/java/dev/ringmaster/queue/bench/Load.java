package dev.ringmaster.queue.bench;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Producers that each wait until their message is durable before they send the next.
///
/// @param producers threads
/// @param warmUpSeconds not counted
/// @param seconds counted
/// @param bodyBytes of a message
public record Load(int producers, double warmUpSeconds, double seconds, int bodyBytes) {
  private static final int KEYS = 10_000;
  private static final long LONGEST_US = TimeUnit.SECONDS.toMicros(60);

  /// Hands one message over, and returns when it is durable.
  public interface Sink {
    void put(byte[] key, byte[] body) throws Exception;
  }

  /// Reads `producers warm-up-seconds seconds` from the end of a command line.
  public static Load of(String[] arguments) {
    int at = arguments.length - 3;
    return new Load(
        Integer.parseInt(arguments[at]),
        Double.parseDouble(arguments[at + 1]),
        Double.parseDouble(arguments[at + 2]),
        1 << 10);
  }

  /// Runs it, and says in a line of JSON what came of it: messages, their rate, latencies in
  /// milliseconds, CPU time of this process in microseconds a message.
  public String run(Sink sink) throws InterruptedException {
    produce(sink, warmUpSeconds);
    long beganNs = System.nanoTime();
    long cpuNs = cpuNs();
    Histogram latencies = produce(sink, seconds);
    double tookSeconds = (System.nanoTime() - beganNs) / 1e9;
    long messages = latencies.getTotalCount();
    return String.format(
        Locale.ROOT,
        "{\"messages\": %d, \"rate\": %.1f, \"p50\": %.3f, \"p99\": %.3f, \"p999\": %.3f,"
            + " \"cpu\": %.2f}",
        messages,
        messages / tookSeconds,
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        latencies.getValueAtPercentile(99.9) / 1e3,
        (cpuNs() - cpuNs) / 1e3 / messages);
  }

  private Histogram produce(Sink sink, double forSeconds) throws InterruptedException {
    long endNs = System.nanoTime() + (long) (forSeconds * 1e9);
    List<Histogram> parts = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Histogram part = new Histogram(LONGEST_US, 3);
      SplittableRandom random = new SplittableRandom(i);
      parts.add(part);
      threads.add(Thread.ofPlatform().start(() -> produce(sink, endNs, random, part)));
    }
    Histogram all = new Histogram(LONGEST_US, 3);
    for (int i = 0; i < producers; i++) {
      threads.get(i).join();
      all.add(parts.get(i));
    }
    return all;
  }

  private void produce(Sink sink, long endNs, SplittableRandom random, Histogram latencies) {
    byte[] body = new byte[bodyBytes];
    long nowNs = System.nanoTime();
    while (endNs - nowNs > 0) {
      random.nextBytes(body);
      byte[] key = Integer.toString(random.nextInt(KEYS)).getBytes(StandardCharsets.US_ASCII);
      put(sink, key, body.clone());
      long thenNs = System.nanoTime();
      latencies.recordValue(Math.min(LONGEST_US, (thenNs - nowNs) / 1_000));
      nowNs = thenNs;
    }
  }

  private static void put(Sink sink, byte[] key, byte[] body) {
    try {
      sink.put(key, body);
    } catch (Exception e) {
      throw new IllegalStateException("a message could not be handed over", e);
    }
  }

  private static long cpuNs() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
