package dev.ringmaster.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks a Ringmaster's console again and again who sits where, from its beginning to its end.
final class SeatWatch implements AutoCloseable {
  private static final long PAUSE_NS = 10_000_000;

  private final RunningRingmaster ringmaster;
  private final Thread watcher;
  private final Map<String, Integer> seatOfServer = new HashMap<>();
  private final Set<Integer> emptied = new TreeSet<>();
  private volatile @Nullable Exception failure;

  private SeatWatch(RunningRingmaster ringmaster) {
    this.ringmaster = ringmaster;
    this.watcher = Thread.ofVirtual().name("seat-watch").unstarted(this::watch);
  }

  static SeatWatch begin(RunningRingmaster ringmaster) throws IOException, InterruptedException {
    SeatWatch watch = new SeatWatch(ringmaster);
    watch.look();
    watch.watcher.start();
    return watch;
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        LockSupport.parkNanos(PAUSE_NS);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws IOException, InterruptedException {
    JsonNode status = ringmaster.api("/api/status");
    Set<Integer> empty = new HashSet<>();
    Set<Integer> taken = new HashSet<>();
    for (JsonNode replica : status.path("replicas")) {
      int seat = replica.path("seat").intValue();
      if (seat >= 0) {
        seatOfServer.put(serverId(replica.path("name").textValue()), seat);
        (replica.path("share").doubleValue() > 0 ? taken : empty).add(seat);
      }
    }
    empty.removeAll(taken);
    emptied.addAll(empty);
  }

  /// `S3` says that it is server `3`, any other name is said as it is.
  private static String serverId(String name) {
    return name.matches("S[0-9]+") ? name.substring(1) : name;
  }

  /// Ends it, after one more look.
  void end() throws IOException, InterruptedException {
    watcher.interrupt();
    watcher.join();
    if (failure != null) {
      throw new AssertionError("the console did not answer", failure);
    }
    look();
  }

  /// The seat that a server sat on; null if it was never seen on one.
  @Nullable Integer seatOf(String server) {
    return seatOfServer.get(server);
  }

  /// The seats that were seen without any share of the keys.
  Set<Integer> emptied() {
    return emptied;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
