package dev.ringmaster.fleet;

import dev.ringmaster.fleet.health.Pulse;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.weight.Ejection;
import dev.ringmaster.fleet.weight.Share;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A replica as the supervisor knows it. Read and written by the supervisor alone.
final class Member {
  /// A time that does not come.
  static final long NEVER = Long.MAX_VALUE;

  static final int NEVER_BY_HEARTBEATS = Integer.MAX_VALUE;

  final long id;
  final String name;
  final Load load;
  private final Runnable changed;

  private int seat;
  private ReplicaState state = ReplicaState.STARTING;
  private String note;
  private int restarts;
  private long sinceNs;
  private @Nullable Instance instance;
  private long returnAtNs = NEVER;
  private long warmFromNs = NEVER;

  Pulse pulse = Pulse.NEW;

  /// When it is to be started; NEVER once the runtime was asked to.
  long launchAtNs;

  /// When the runtime was asked to start it, or it was found running.
  long launchedNs = NEVER;

  /// When its next heartbeat is due; NEVER while one is out.
  long beatAtNs = NEVER;

  /// When its last heartbeat was sent.
  long beatenNs;

  /// When its draining ends at the latest; NEVER once it was asked to stop.
  long drainUntilNs = NEVER;

  /// How long it has from being asked to stop to force.
  Duration grace = Duration.ZERO;

  /// When it first served; NEVER if it has not.
  long servedNs = NEVER;

  /// Its ejections, the present one included.
  Ejection ejection = Ejection.NONE;

  /// Heartbeats in a row that end its ejection; NEVER_BY_HEARTBEATS if they say nothing about it.
  int heartbeatsMissing = NEVER_BY_HEARTBEATS;

  /// Its end, if that was heard before its start.
  @Nullable Exit earlyExit;

  /// A replica that is to be started.
  ///
  /// @param changed called at each change that a view shows
  Member(long id, String name, int seat, Load load, Runnable changed) {
    this.id = id;
    this.name = name;
    this.seat = seat;
    this.load = load;
    this.changed = changed;
    this.note = "";
  }

  /// It is wished for now, and to be started after the delay.
  void wished(long nowNs, long delayNs) {
    sinceNs = nowNs;
    launchAtNs = nowNs + delayNs;
  }

  /// The one door through which a replica changes its state.
  void to(ReplicaState next, String why, long nowNs) {
    if (!state.leadsTo(next)) {
      throw new IllegalStateException(
          "replica " + name + " cannot go from " + state + " to " + next + " (" + why + ")");
    }
    state = next;
    sinceNs = nowNs;
    note = why;
    changed.run();
  }

  /// The runtime is asked to start it.
  void launched(long nowNs) {
    launchAtNs = NEVER;
    launchedNs = nowNs;
    note("");
  }

  /// It runs as this.
  void runsAs(Instance running) {
    instance = running;
    changed.run();
  }

  void sit(int newSeat, int newRestarts) {
    seat = newSeat;
    restarts = newRestarts;
    changed.run();
  }

  void note(String text) {
    if (!note.equals(text)) {
      note = text;
      changed.run();
    }
  }

  int seat() {
    return seat;
  }

  ReplicaState state() {
    return state;
  }

  long sinceNs() {
    return sinceNs;
  }

  @Nullable Instance instance() {
    return instance;
  }

  /// Whether it is neither leaving nor gone.
  boolean stays() {
    return state != ReplicaState.DRAINING && state != ReplicaState.GONE;
  }

  int restarts() {
    return restarts;
  }

  boolean serves() {
    return state == ReplicaState.SERVING;
  }

  /// It is out of the table until then, though it serves.
  void eject(long untilNs, String why) {
    returnAtNs = untilNs;
    note(why);
    changed.run();
  }

  /// It takes traffic again.
  void readmit() {
    returnAtNs = NEVER;
    heartbeatsMissing = NEVER_BY_HEARTBEATS;
    load.succeeded();
    if (serves()) {
      note("");
    }
    changed.run();
  }

  /// When its ejection ends; NEVER if it is not ejected.
  long returnAtNs() {
    return returnAtNs;
  }

  boolean ejected() {
    return returnAtNs != NEVER;
  }

  /// Its weight grows from now on; `NEVER`: it is warm.
  void warmFrom(long ns) {
    warmFromNs = ns;
    changed.run();
  }

  /// Since when its weight grows; NEVER if it is warm.
  long warmFromNs() {
    return warmFromNs;
  }

  /// How long it has served, from its first answer until now; 0 if it never did.
  long lifeNs(long nowNs) {
    return servedNs == NEVER ? 0 : Math.max(1, nowNs - servedNs);
  }

  /// As others see it.
  ///
  /// @param origin the time at 0 ns
  Replica seen(Share share, Instant origin) {
    InetSocketAddress address =
        instance == null ? InetSocketAddress.createUnresolved(name, 0) : instance.address();
    Instant since = origin.plusNanos(sinceNs);
    return new Replica(name, seat, address, state, load, restarts, note, since, share);
  }
}
