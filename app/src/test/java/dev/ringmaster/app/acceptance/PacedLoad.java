package dev.ringmaster.app.acceptance;

import dev.ringmaster.lab.load.Connection;
import dev.ringmaster.lab.load.ExchangeFailure;
import dev.ringmaster.lab.load.Reply;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// GETs of `/home` with a thousand keys at a fixed rate, for as long as it is let; it keeps counts
/// only, so that it may go on for hours.
///
/// The i-th request is due at `start + i / rate`, and its latency counts from there.
final class PacedLoad implements AutoCloseable {
  private static final int KEYS = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LONGEST_PARK_NS = 20_000_000;

  private final InetSocketAddress target;
  private final double perSecond;
  private final long startNs = System.nanoTime();
  private final AtomicLong next = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Map<String, Long> outcomes = new ConcurrentHashMap<>();
  private final Histogram latencies = new ConcurrentHistogram(2);
  private final List<Thread> clients = new ArrayList<>();

  private PacedLoad(InetSocketAddress target, double perSecond) {
    this.target = target;
    this.perSecond = perSecond;
  }

  /// Begins.
  ///
  /// @param perSecond the rate; infinite for as fast as the answers come
  static PacedLoad begin(URI traffic, int connections, double perSecond) {
    InetSocketAddress target = new InetSocketAddress(traffic.getHost(), traffic.getPort());
    PacedLoad load = new PacedLoad(target, perSecond);
    for (int i = 0; i < connections; i++) {
      load.clients.add(Thread.ofVirtual().name("paced-" + i).start(load::client));
    }
    return load;
  }

  private void client() {
    Connection connection = null;
    while (!over.get()) {
      long i = next.getAndIncrement();
      connection = ask(i, dueNs(i), connection);
    }
    if (connection != null) {
      connection.close();
    }
  }

  private long dueNs(long i) {
    if (Double.isInfinite(perSecond)) {
      return System.nanoTime();
    }
    long dueNs = startNs + (long) (i * 1e9 / perSecond);
    for (long leftNs = dueNs - System.nanoTime();
        leftNs > 0 && !over.get();
        leftNs = dueNs - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(leftNs, LONGEST_PARK_NS));
    }
    return dueNs;
  }

  private @Nullable Connection ask(long i, long dueNs, @Nullable Connection kept) {
    if (over.get()) {
      return kept;
    }
    Connection connection = kept;
    try {
      if (connection == null) {
        connection = Connection.open(target, LIMIT);
      }
      Reply reply =
          connection.exchange(
              Connection.request("GET", "/home", "X-Key: key-" + i % KEYS + "\r\n"));
      outcomes.merge(Integer.toString(reply.status()), 1L, Long::sum);
      latencies.recordValue(Math.max(0, System.nanoTime() - dueNs));
      if (reply.reusable()) {
        return connection;
      }
    } catch (ExchangeFailure e) {
      outcomes.merge(e.failure().toString(), 1L, Long::sum);
    }
    if (connection != null) {
      connection.close();
    }
    return null;
  }

  /// Ends it, when the requests under way have ended.
  void end() throws InterruptedException {
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
  }

  /// How often each status or failure came.
  Map<String, Long> outcomes() {
    return new TreeMap<>(outcomes);
  }

  /// Requests answered or failed for each second since the beginning.
  double rate() {
    long done = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return done * 1e9 / (System.nanoTime() - startNs);
  }

  /// The latency in ms that this part of the requests, in per cent, did not exceed.
  double latencyMs(double percent) {
    return latencies.getValueAtPercentile(percent) / 1e6;
  }

  @Override
  public void close() {
    over.set(true);
  }
}
