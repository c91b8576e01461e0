package dev.ringmaster.lab.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A load under way: one virtual thread a connection, each taking the next request off one counter.
///
/// At a fixed rate the i-th request is due at `start + i / rate` whoever sends it, and its latency
/// counts from there: a slow answer does not hide the waits it causes (no coordinated omission).
public final class RunningLoad {
  /// How late a waiting connection may notice that the load was stopped.
  private static final long LONGEST_PARK_NS = 20_000_000;

  private final LoadPlan plan;
  private final LongSupplier clockNs;
  private final long startNs;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong limit;
  private final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> workers = new ArrayList<>();

  private RunningLoad(LoadPlan plan, LongSupplier clockNs) {
    this.plan = plan;
    this.clockNs = clockNs;
    this.limit = new AtomicLong(plan.requests());
    this.startNs = clockNs.getAsLong();
  }

  /// Starts a load.
  ///
  /// @param clockNs a clock that never goes back, in nanoseconds: `System::nanoTime`
  public static RunningLoad start(LoadPlan plan, LongSupplier clockNs) {
    RunningLoad load = new RunningLoad(plan, clockNs);
    for (int i = 0; i < plan.connections(); i++) {
      load.workers.add(Thread.ofVirtual().name("load-" + i).start(load::work));
    }
    return load;
  }

  /// How many requests were taken up so far.
  public long sent() {
    return Math.min(next.get(), limit.get());
  }

  /// Takes up no more requests; those under way end.
  public void stop() {
    limit.set(0);
  }

  /// Waits until all requests have ended. If interrupted, stops the load first.
  public LoadResult result() throws InterruptedException {
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      stop();
    }
    List<Sample> ended = new ArrayList<>(samples);
    ended.sort(Comparator.comparingLong(Sample::endNs));
    long endNs = ended.isEmpty() ? startNs : ended.getLast().endNs();
    return new LoadResult(List.copyOf(ended), startNs, endNs);
  }

  private void work() {
    List<Sample> own = new ArrayList<>();
    Connection connection = null;
    try {
      for (long i = next.getAndIncrement(); i < limit.get(); i = next.getAndIncrement()) {
        long begunNs = await(i);
        connection = send(i, begunNs, connection, own);
      }
    } finally {
      if (connection != null) {
        connection.close();
      }
      samples.addAll(own);
    }
  }

  /// Waits until the i-th request is due; the time from which its latency counts.
  private long await(long i) {
    if (plan.perSecond() == LoadPlan.AS_FAST_AS_ANSWERED) {
      return clockNs.getAsLong();
    }
    long dueNs = startNs + plan.dueNs(i);
    for (long leftNs = dueNs - clockNs.getAsLong();
        leftNs > 0 && i < limit.get();
        leftNs = dueNs - clockNs.getAsLong()) {
      LockSupport.parkNanos(Math.min(leftNs, LONGEST_PARK_NS));
    }
    return dueNs;
  }

  /// Sends one request; the connection for the next one, or null if a new one is needed.
  private @Nullable Connection send(
      long i, long begunNs, @Nullable Connection connection, List<Sample> into) {
    Connection open = connection;
    try {
      if (open == null) {
        open = Connection.open(plan.target(), plan.timeout());
      }
      Reply reply = open.exchange(plan.request().apply(i));
      into.add(new Sample(begunNs, clockNs.getAsLong(), reply.status(), reply.server(), null));
      if (reply.reusable()) {
        return open;
      }
    } catch (ExchangeFailure e) {
      into.add(new Sample(begunNs, clockNs.getAsLong(), 0, null, e.failure()));
    }
    if (open != null) {
      open.close();
    }
    return null;
  }
}
