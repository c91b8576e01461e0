package dev.ringmaster.fleet;

import dev.ringmaster.fleet.health.Pulse;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A replica as the supervisor knows it. Read and written by the supervisor alone.
final class Member {
  /// A time that does not come.
  static final long NEVER = Long.MAX_VALUE;

  final long id;
  final String name;
  final Load load = new Load();
  private final Runnable changed;

  private int seat;
  private ReplicaState state = ReplicaState.STARTING;
  private String note;
  private int restarts;
  private long sinceNs;
  private @Nullable Instance instance;

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

  /// When it first served; NEVER if it has not.
  long servedNs = NEVER;

  /// Its end, if that was heard before its start.
  @Nullable Exit earlyExit;

  /// A replica that is to be started.
  ///
  /// @param changed called at each change that a view shows
  Member(long id, String name, int seat, long nowNs, Runnable changed) {
    this.id = id;
    this.name = name;
    this.seat = seat;
    this.changed = changed;
    this.note = "";
    this.sinceNs = nowNs;
    this.launchAtNs = nowNs;
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

  /// How long it has served, from its first answer until now; 0 if it never did.
  long lifeNs(long nowNs) {
    return servedNs == NEVER ? 0 : Math.max(1, nowNs - servedNs);
  }

  /// As others see it.
  Replica seen() {
    InetSocketAddress address =
        instance == null ? InetSocketAddress.createUnresolved(name, 0) : instance.address();
    return new Replica(name, seat, address, state, load, restarts, note);
  }
}
