package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.admission.WaitingRoom;
import dev.ringmaster.gateway.choice.Chooser;
import dev.ringmaster.gateway.choice.Tried;
import dev.ringmaster.gateway.heavy.HeavyMode;
import dev.ringmaster.gateway.heavy.LoopKeys;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.BodyScan;
import dev.ringmaster.gateway.key.KeyHash;
import dev.ringmaster.gateway.key.KeySource;
import dev.ringmaster.gateway.key.StickyKey;
import dev.ringmaster.gateway.ledger.ServiceLedger;
import dev.ringmaster.gateway.retry.Failure;
import dev.ringmaster.gateway.retry.RetryBudget;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.tls.ReplicaTls;
import org.jspecify.annotations.Nullable;

/// What one event loop owns of a service: the pools to its replicas, its retry budget, its counters
/// and what chooses among its replicas. Everything runs on the loop.
final class LocalService {
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Lane lane;
  private final String name;
  private final FleetControl fleet;
  private final ServiceSettings settings;
  private final Terms terms;
  private final KeyHash keys;
  private final @Nullable StickyKey sticky;
  private final @Nullable LoopKeys heavy;
  private final Chooser chooser;
  private final @Nullable WaitingRoom room;
  private final @Nullable Queueing queueing;
  private final @Nullable Hedging hedging;
  private final RetryBudget budget;
  private final Upstreams upstreams;
  private final Healing healing;
  private final Tunnels tunnels;
  private final @Nullable ReplicaTls tls;
  private final ServiceLedger ledger;

  /// What outlasts a change of settings.
  private record Lasting(
      RetryBudget budget,
      Upstreams upstreams,
      Healing healing,
      Tunnels tunnels,
      ServiceLedger ledger,
      @Nullable WaitingRoom room) {}

  private LocalService(Lane lane, ServedService served, Lasting lasting) {
    this.lane = lane;
    this.name = served.name();
    this.fleet = served.fleet();
    this.settings = served.settings();
    this.terms = Terms.of(settings, lane.waits());
    this.keys = new KeyHash(settings.key(), settings.hash());
    this.sticky = sticky(served);
    this.heavy = heavy(lane, served);
    this.chooser = new Chooser(settings.bound(), settings.concurrency().inFlight());
    this.room = lasting.room;
    this.queueing = room == null ? null : new Queueing(this, room);
    this.hedging = settings.hedge() == null ? null : Hedging.of(settings.hedge(), lane.nowNs());
    this.budget = lasting.budget;
    this.upstreams = lasting.upstreams;
    this.healing = lasting.healing;
    this.tunnels = lasting.tunnels;
    this.ledger = lasting.ledger;
    this.tls = served.tls();
  }

  /// TLS towards its replicas; null for none.
  @Nullable ReplicaTls tls() {
    return tls;
  }

  /// A service that is new on this loop.
  static LocalService of(Lane lane, ServedService served) {
    ServiceSettings settings = served.settings();
    Upstreams upstreams = new Upstreams(settings.limits().idlePerReplica());
    Lasting lasting =
        new Lasting(
            new RetryBudget(settings.retry(), lane.shared().loops(), lane.nowNs()),
            upstreams,
            new Healing(lane.loop(), served.fleet(), upstreams),
            new Tunnels(),
            lane.ledger().of(served.name()),
            served.room());
    return new LocalService(lane, served, lasting);
  }

  /// The same service under other settings: it keeps its pools, its savings and its counters, and
  /// the room where its requests wait, unless the limits of that have changed.
  LocalService under(ServedService next) {
    ServiceSettings changed = next.settings();
    upstreams.keepAtMost(changed.limits().idlePerReplica());
    budget.limit(changed.retry(), lane.shared().loops());
    boolean sameRoom = changed.concurrency().equals(settings.concurrency());
    Lasting lasting =
        new Lasting(budget, upstreams, healing, tunnels, ledger, sameRoom ? room : next.room());
    LocalService changedOne = new LocalService(lane, next, lasting);
    stopCounting();
    return changedOne;
  }

  private void stopCounting() {
    if (heavy != null) {
      heavy.close();
    }
  }

  /// Whether this is that service. Another fleet under the same name is another one, and so are the
  /// same replicas reached in another way: no connection of before may be used for them.
  @SuppressWarnings("ReferenceEquality") // a fleet is one object
  boolean is(ServedService served) {
    return name.equals(served.name())
        && fleet == served.fleet()
        && settings.link().equals(served.settings().link());
  }

  String name() {
    return name;
  }

  private static @Nullable StickyKey sticky(ServedService served) {
    var signing = served.settings().sticky();
    return signing != null
            && served.settings().key().sources().getLast() instanceof KeySource.Sticky source
        ? new StickyKey(signing, source)
        : null;
  }

  /// Keys that are drawn for each request are never heavy.
  private static @Nullable LoopKeys heavy(Lane lane, ServedService served) {
    ServiceSettings settings = served.settings();
    boolean drawn = settings.key().sources().getFirst() instanceof KeySource.Random;
    return drawn || settings.heavy().mode() == HeavyMode.OFF
        ? null
        : lane.shared().heavy().join(served.name(), settings.heavy(), served.fleet(), lane.loop());
  }

  Lane lane() {
    return lane;
  }

  FleetControl fleet() {
    return fleet;
  }

  ServiceSettings settings() {
    return settings;
  }

  /// What an exchange may use if its route says nothing else.
  Terms terms() {
    return terms;
  }

  /// Where requests go that have no route of their own.
  Destination destination() {
    return new Destination(this, terms);
  }

  KeyHash keys() {
    return keys;
  }

  /// What looks for keys in bodies, for one exchange; null if the rule names none.
  @Nullable BodyScan bodyScan() {
    BodyScan scan =
        new BodyScan(settings.key(), settings.limits().bodyKeyBytes(), lane.shared().http());
    return scan.needed() ? scan : null;
  }

  /// What finds keys in signed cookies; null if the rule names none.
  @Nullable StickyKey sticky() {
    return sticky;
  }

  /// Counts a request's key, to find heavy ones.
  ///
  /// @param search what found the key; null if it is in the head
  /// @return over how many of its candidates the key's requests go; 1 for its owner alone
  int count(long hash, RequestHead head, @Nullable KeySearch search) {
    if (heavy == null) {
      return 1;
    }
    int over = heavy.count(hash);
    if (heavy.wantsText(hash)) {
      heavy.tell(hash, search == null ? keys.text(keys.place(head), head) : search.text());
    }
    return over;
  }

  Chooser chooser() {
    return chooser;
  }

  /// How requests wait for places; null if replicas have no limit.
  @Nullable Queueing queueing() {
    return queueing;
  }

  /// Chooses a replica for a key and counts the request as its load; null if there is none that was
  /// not tried, or all of those are at their limit.
  ///
  /// @param over how many of its candidates the key is spread over; 1 for its owner alone
  @Nullable Replica take(FleetView view, long hash, int over, Tried tried) {
    if (queueing != null) {
      return queueing.take(view, hash, over, tried);
    }
    Replica chosen = choose(view, hash, over, tried);
    if (chosen != null) {
      chosen.load().begin();
    }
    return chosen;
  }

  @Nullable Replica choose(FleetView view, long hash, int over, Tried tried) {
    return over == 1
        ? chooser.choose(view, hash, tried)
        : chooser.spread(view, hash, tried, over, lane.random());
  }

  /// Whether a replica at which a place was found after a wait is one to go to; if not, the place
  /// is given back.
  boolean stillServes(Replica found, long hash, Tried tried) {
    FleetView view = view();
    if (!view.serves(found)) {
      giveBack(found);
      return false;
    }
    if (tried.none() && view.table().owner(hash) != found.seat()) {
      ledger.spill(found.seat());
    }
    return true;
  }

  /// A request that was taken for a replica has ended.
  void giveBack(Replica replica) {
    replica.load().end();
    if (queueing != null) {
      queueing.freed(replica);
    }
  }

  /// When requests get a second try; null for never.
  @Nullable Hedging hedging() {
    return hedging;
  }

  RetryBudget budget() {
    return budget;
  }

  Upstreams upstreams() {
    return upstreams;
  }

  Healing healing() {
    return healing;
  }

  ServiceLedger ledger() {
    return ledger;
  }

  Tunnels tunnels() {
    return tunnels;
  }

  /// Once in each tick of the loop's clock.
  void tick() {
    if (tunnels.any()) {
      tunnels.follow(view());
    }
  }

  /// The newest view; the pools of replicas that left it are retired.
  FleetView view() {
    FleetView view = fleet.view();
    upstreams.follow(view);
    return view;
  }

  /// Tells the fleet how a try ended. A kept connection that was closed says nothing about the
  /// replica, and one that turns a request away lives.
  void report(Replica lost, Failure failure) {
    if (failure == Failure.UNTRUSTED) {
      ledger.untrusted();
    }
    Symptom symptom =
        switch (failure) {
          case REFUSED, UNTRUSTED -> Symptom.CONNECT_FAILED;
          case CONNECT_TIMEOUT -> Symptom.CONNECT_TIMEOUT;
          case BROKEN -> Symptom.BROKEN;
          case SLOW -> Symptom.TIMEOUT;
          case GARBAGE -> Symptom.GARBAGE;
          case STALE, LEFT_OUT, TURNED_AWAY, NO_SOCKET -> null;
        };
    if (symptom != null) {
      fleet.report(lost, symptom);
      failed(lost, failure.sawNothing() ? Symptom.UNREACHABLE : Symptom.FAILING);
    }
  }

  /// An answer has ended. One of 502, 503 or 504 says that the replica could not, like a failure;
  /// any other is a sign that it can, a 500 included: that may be the request's own fault.
  void answered(Replica by, int status) {
    if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
      failed(by, Symptom.FAILING);
    } else {
      by.load().succeeded();
    }
  }

  private void failed(Replica by, Symptom row) {
    if (by.load().failed()) {
      fleet.report(by, row);
    }
  }

  /// Closes every kept connection and counts no more keys.
  void close() {
    upstreams.close();
    stopCounting();
  }
}
