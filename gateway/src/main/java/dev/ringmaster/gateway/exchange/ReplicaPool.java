package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.Symptom;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The kept connections of one event loop to one replica, the last used on top.
final class ReplicaPool {
  private static final int FIRST_SIZE = 16;

  /// A replica's answers are reported at most once in this time, by each loop.
  private static final long REPORT_NS = 1_000_000_000L;

  private enum Standing {
    /// The replica is on its seat.
    KEPT,
    /// It is not; its connections are closed when they fall idle.
    RETIRED
  }

  private final Replica replica;
  private int most;
  private @Nullable UpstreamConnection[] idle = new UpstreamConnection[FIRST_SIZE];
  private int count;
  private Standing standing = Standing.KEPT;
  private long answeredNs;

  ReplicaPool(Replica replica, int most, long nowNs) {
    this.replica = replica;
    this.most = most;
    this.answeredNs = nowNs - REPORT_NS;
  }

  Replica replica() {
    return replica;
  }

  /// Whether this is the pool of that replica, in whatever state it is seen now.
  boolean isOf(@Nullable Replica other) {
    return other != null && other.load() == replica.load();
  }

  /// The connection that was used last, or null if none is kept.
  @Nullable UpstreamConnection take() {
    if (count == 0) {
      return null;
    }
    UpstreamConnection top = idle[--count];
    idle[count] = null;
    return top;
  }

  /// Keeps a connection that is ready for another request; false if it must be closed.
  boolean keep(UpstreamConnection connection) {
    if (standing == Standing.RETIRED || count >= most) {
      return false;
    }
    if (count == idle.length) {
      idle = Arrays.copyOf(idle, 2 * count);
    }
    idle[count++] = connection;
    return true;
  }

  /// Keeps so many connections at most from now on; those above are closed.
  void keepAtMost(int idle) {
    most = idle;
    while (count > most) {
      Objects.requireNonNull(take()).close();
    }
  }

  /// Forgets a kept connection that has closed.
  void forget(UpstreamConnection connection) {
    for (int i = count - 1; i >= 0; i--) {
      if (idle[i] == connection) {
        System.arraycopy(idle, i + 1, idle, i, count - i - 1);
        idle[--count] = null;
        return;
      }
    }
  }

  /// The replica has left its seat.
  void retire() {
    standing = Standing.RETIRED;
    UpstreamConnection connection;
    while ((connection = take()) != null) {
      connection.close();
    }
  }

  /// Tells the fleet now and then that the replica answers.
  void answered(FleetControl fleet, long nowNs) {
    if (nowNs - answeredNs >= REPORT_NS) {
      answeredNs = nowNs;
      fleet.report(replica, Symptom.ANSWERED);
    }
  }
}
