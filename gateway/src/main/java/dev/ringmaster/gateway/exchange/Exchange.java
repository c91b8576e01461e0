package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.choice.Tried;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.http1.Upgrade;
import dev.ringmaster.gateway.retry.FailedTry;
import dev.ringmaster.gateway.retry.FailedTry.AnswerSent;
import dev.ringmaster.gateway.retry.Failure;
import dev.ringmaster.gateway.retry.RetryDecision;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its answer: the life of a request, told from top to bottom.
///
/// ```
/// begin → (seek) → choose → connect → send → await → pass → finish
///                    │ ↑       │               │
///                    │ └───────┴── fail ───────┘    the next candidate, or one that has healed
///                    ├→ queue ─→ give up            all are at their limit; a place may be freed
///                    └→ heal ──→ give up            none is left
/// ```
///
/// There is one for each client connection, used for one request after another, so that a request
/// costs no object; a message begins at [#carry], with its key known. It owns the replica's
/// connection from [#choose] until the answer's end.
final class Exchange implements Turn, Asker {
  private enum Phase {
    OVER,
    SEEKING,
    WAITING,
    CONNECTING,
    AWAITING,
    PASSING,
    TUNNEL
  }

  private final Lane lane;
  private final Requester client;
  private final Tried tried = new Tried();
  private final KeptBody kept;
  private final Tally tally;
  private final Passage passage;
  private final Sending sending;
  private final Overtime overtime;
  private final ReplicaWait wait;
  private LocalService service;
  private Terms terms;
  private Phase phase = Phase.OVER;
  private @Nullable KeySearch search;
  private long hash;
  private int spread;
  private @Nullable Hedge hedge;
  private @Nullable Replica replica;
  private @Nullable UpstreamConnection upstream;

  private Exchange(Lane lane, Requester client, Tally tally, Passage passage) {
    this.lane = lane;
    this.client = client;
    this.tally = tally;
    this.passage = passage;
    this.kept = new KeptBody(lane.allocator(), lane.bodies());
    this.sending = new Sending(lane, client, kept);
    this.overtime = new Overtime(lane, this, client);
    this.wait = new ReplicaWait(lane, client, this);
    Destination any = lane.plane().any();
    this.service = any.service();
    this.terms = any.terms();
  }

  /// The exchange of a client's connection.
  static Exchange of(Lane lane, ClientConnection client) {
    Tally tally = new Tally();
    return new Exchange(lane, client, tally, new ClientPassage(lane, client, tally));
  }

  /// The exchange of messages.
  static Exchange of(Lane lane, Delivery message, KeptAnswer answer) {
    return new Exchange(lane, message, answer.tally(), answer);
  }

  /// A client's request begins: its head is complete.
  void begin(ClientConnection asking) {
    makeReady();
    Destination destination = lane.plane().route(asking);
    if (destination == null) {
      lane.plane().refusal(client.head()).answer(lane, asking);
      return;
    }
    enter(destination);
    if (client.head().contentLength() > terms.maxBodyBytes()) {
      giveUp(GivenUp.body(BodyFault.BODY_TOO_LARGE));
    } else if (service.keys().inHead()) {
      search = null;
      keyed(service.keys().hash(client.head(), client.address(), lane.random()));
    } else {
      seek(asking);
    }
  }

  /// A message begins, whose key's hash is known and whose body is all there. It goes where its key
  /// belongs even if that is spread: one request of a key at a time is no heat.
  void carry(Destination destination, long keyHash, ByteBuf body) {
    makeReady();
    enter(destination);
    kept.hold(body);
    hash = keyHash;
    spread = 1;
    choose();
  }

  private void makeReady() {
    tally.begin(lane.nowNs());
    tried.clear();
    kept.begin(client.head().contentLength());
    replica = null;
    wait.clear();
  }

  private void enter(Destination destination) {
    service = destination.service();
    terms = destination.terms();
    overtime.begin(terms.request());
    service.ledger().exchanges(1);
    service.budget().request();
  }

  /// The key is not in the head alone.
  private void seek(ClientConnection asking) {
    phase = Phase.SEEKING;
    search = search == null ? new KeySearch(lane, asking, this, kept, tally) : search;
    search.begin(service, terms);
  }

  void keyed(long found) {
    hash = found;
    spread = service.count(found, client.head(), search);
    if (search != null) {
      search.forgetKey();
    }
    choose();
  }

  private void choose() {
    FleetView view = service.view();
    Replica chosen = tried.full() ? null : service.take(view, hash, spread, tried);
    if (chosen == null) {
      awaitReplica(view);
      return;
    }
    tally.chosen(service, chosen, spread);
    goTo(chosen);
  }

  /// A place at the replica is this exchange's, until [LocalService#giveBack].
  private void goTo(Replica chosen) {
    replica = chosen;
    ReplicaPool pool = service.upstreams().of(chosen, tally.beganNs());
    UpstreamConnection ready = pool.take();
    if (ready == null) {
      connect(pool);
    } else {
      hold(ready);
      tally.connectionKept();
      send(ready);
    }
  }

  private void connect(ReplicaPool pool) {
    UpstreamConnection connection = new UpstreamConnection(service, pool, this);
    hold(connection);
    tally.connecting(lane.nowNs());
    phase = Phase.CONNECTING;
    client.arm(terms.connect());
    connection.connect();
  }

  private void hold(UpstreamConnection connection) {
    upstream = connection;
    tally.tried();
  }

  @Override
  public void connected(UpstreamConnection connection) {
    tally.connected(lane.nowNs());
    send(connection);
  }

  private void send(UpstreamConnection connection) {
    phase = Phase.AWAITING;
    connection.begin(this, method());
    sending.begin(connection);
    tally.sent();
    armWaiting();
    Hedging hedging = service.hedging();
    if (hedging != null && !client.stored()) {
      hedge = hedge == null ? new Hedge(lane, this) : hedge;
      hedge.watch(service, hedging);
    }
    client.advance();
  }

  /// The next candidate after the one that is being tried, with a place at it; null if there is
  /// none, or if a second try may not be.
  @Nullable Replica another(Tried others) {
    if (phase != Phase.AWAITING || !sending.repeatable() || tried.heard() + 2 > terms.tries()) {
      return null;
    }
    others.addAll(tried);
    others.add(Objects.requireNonNull(replica), Failure.SLOW);
    return others.full() ? null : service.take(service.view(), hash, 1, others);
  }

  /// The second try has become the only one.
  void takeOver(UpstreamConnection connection, Replica second) {
    closeUpstream();
    replica = second;
    upstream = connection;
    phase = connection.asked() ? Phase.AWAITING : Phase.CONNECTING;
    client.arm(connection.asked() ? terms.firstByte() : terms.connect());
  }

  /// All of the request was sent, or leave to send its body is asked for: the answer's first byte
  /// is due. Else the next bytes of the body, or of an answer that has begun.
  private void armWaiting() {
    client.arm(phase == Phase.AWAITING && sending.due() ? terms.firstByte() : terms.idle());
  }

  @Override
  public boolean hungry(int bytes) {
    if (client.body().state() != BodyReader.State.OPEN) {
      return false;
    }
    return switch (phase) {
      case CONNECTING, WAITING -> bytes <= kept.room();
      case AWAITING, PASSING -> upstream != null && upstream.writable();
      case SEEKING, TUNNEL, OVER -> false;
    };
  }

  @Override
  public boolean awaitsBody() {
    return phase == Phase.AWAITING;
  }

  @Override
  public void takeBody(ByteBuf in) {
    BodyReader body = client.body();
    int length = body.raw(in);
    BodyFault fault = body.judge(terms.maxBodyBytes());
    if (fault != null) {
      stop(GivenUp.body(fault));
      return;
    }
    ByteBuf piece = in.readRetainedSlice(length);
    tally.in(length);
    kept.add(piece);
    if (upstream != null && phase != Phase.CONNECTING) {
      upstream.write(piece);
      armWaiting();
    } else {
      piece.release();
    }
  }

  @Override
  public void inputTaken() {
    if (upstream != null && phase != Phase.CONNECTING) {
      upstream.flush();
    }
  }

  @Override
  public boolean requestSent() {
    return sending.complete();
  }

  @Override
  public Method method() {
    return client.head().method();
  }

  @Override
  public void replicaWritable() {
    client.advance();
  }

  @Override
  public void interim(ResponseHead head) {
    if (sending.leaveGiven(head)) {
      armWaiting();
    }
    passage.interim(head);
  }

  /// Whether a 101 is an answer to what was asked. It must not overtake the request's body.
  @Override
  public boolean mayTunnel(ResponseHead head) {
    return sending.upgrades() && requestSent() && Upgrade.accepts(head, client.head());
  }

  /// The replica has taken up the offer of another protocol: the exchange goes on as a tunnel.
  @Override
  public Tunnel tunnel(UpstreamConnection connection, ResponseHead head) {
    answered(connection, head);
    phase = Phase.TUNNEL;
    overtime.end();
    kept.passOn();
    passage.switching(head, search == null ? null : search.cookieLine());
    service.ledger().tunnelOpened();
    return Tunnel.of(service, this, client, connection);
  }

  /// The tunnel is over.
  void tunnelEnds(@Nullable String note) {
    letGo();
    phase = Phase.OVER;
    kept.clear();
    tally.endTunnel(service, client, Objects.requireNonNull(replica), note);
  }

  /// The replica that was tried last; null if none was.
  @Nullable Replica replica() {
    return replica;
  }

  /// What writes its request.
  Sending sending() {
    return sending;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void answerBegins(UpstreamConnection connection, ResponseHead head, ByteBuf in) {
    if (hedge != null) {
      hedge.end();
    }
    answered(connection, head);
    if (head.status() == 404 && service.settings().classicAnswers() && !client.stored()) {
      answerMissing(connection);
      return;
    }
    phase = Phase.PASSING;
    passage.begin(head, in, search == null ? null : search.cookieLine());
  }

  private void answered(UpstreamConnection connection, ResponseHead head) {
    long nowNs = lane.nowNs();
    tally.firstByte(nowNs);
    tally.status(head.status());
    connection.pool().answered(service.fleet(), nowNs);
  }

  @Override
  public void answerBytes(UpstreamConnection connection, BodyReader body, ByteBuf in) {
    passage.pass(body, in);
    if (body.fault() != null) {
      return;
    }
    if (!passage.held()) {
      kept.passOn();
    }
    client.arm(terms.idle());
    if (!client.writable()) {
      connection.read(false);
    }
  }

  @Override
  public void flushClient() {
    client.flush();
  }

  @Override
  public void clientWritable() {
    if (upstream != null) {
      upstream.read(true);
    }
  }

  @Override
  public void answerEnds() {
    letGo();
    service.answered(Objects.requireNonNull(replica), tally.status());
    finish(null);
    client.turnOver(passage.persistence());
  }

  /// The replica's 404 is not passed on.
  private void answerMissing(UpstreamConnection connection) {
    if (requestSent()) {
      connection.abandonAnswer();
    } else {
      connection.close();
    }
    letGo();
    service.answered(Objects.requireNonNull(replica), 404);
    giveUp(GivenUp.missing(client.head()));
  }

  @Override
  public void failed(Failure failure) {
    Replica lost = Objects.requireNonNull(replica);
    UpstreamConnection connection = Objects.requireNonNull(upstream);
    upstream = null;
    service.report(lost, failure);
    if (hedge != null && hedge.racing() && failure != Failure.SLOW) {
      tried.add(lost, failure);
      service.giveBack(lost);
      hedge.becomesFirst();
      return;
    }
    FailedTry facts = facts(lost, failure);
    RetryDecision decision = RetryDecision.of(facts, service.budget(), lane.nowNs());
    if (decision == RetryDecision.SAME_REPLICA_ANEW) {
      service.ledger().retry(lost.seat());
      connect(connection.pool());
      return;
    }
    service.giveBack(lost);
    if (decision == RetryDecision.NEXT_CANDIDATE) {
      tried.add(lost, failure);
      service.ledger().retry(lost.seat());
      choose();
    } else {
      stop(GivenUp.after(failure, decision));
    }
  }

  /// Whether the client has a part of the answer.
  private boolean answerBegun() {
    return phase == Phase.PASSING && !passage.held();
  }

  private FailedTry facts(Replica lost, Failure failure) {
    return new FailedTry(
        failure,
        client.stored() || client.head().repeatable(),
        answerBegun() ? AnswerSent.BEGUN : AnswerSent.NOTHING,
        kept.kept(),
        tried.heardWith(lost),
        terms.tries());
  }

  /// All replicas that are left are at their limit, or none is left: that may change before the
  /// client's patience ends.
  private void awaitReplica(FleetView view) {
    if (wait.begin(service, view, hash, tried)) {
      phase = Phase.WAITING;
    } else {
      giveUpUnserved();
    }
  }

  /// The fleet has changed while this exchange waited.
  void retryHealed() {
    if (wait.healed()) {
      tried.forgetRefused();
      choose();
    }
  }

  /// A place at the replica is held for this exchange.
  void placeFound(Replica found) {
    endWait();
    if (service.stillServes(found, hash, tried)) {
      goTo(found);
    } else {
      choose();
    }
  }

  private void endWait() {
    tally.waited(wait.end());
  }

  private void giveUpUnserved() {
    String refusal = wait.refusal();
    if (refusal != null) {
      service.ledger().turnedAway();
    }
    giveUp(GivenUp.unserved(refusal, tally.tries()));
  }

  /// Ends in the midst of it, in whatever phase.
  void stop(GivenUp why) {
    endWait();
    if (answerBegun()) {
      cut(why.message());
    } else {
      closeUpstream();
      giveUp(why);
    }
  }

  /// Nothing of an answer has been given.
  private void giveUp(GivenUp why) {
    Persistence persistence = client.persistence();
    tally.status(why.status());
    client.fail(why.answer(), persistence, method());
    finish(why.note());
    client.turnOver(persistence);
  }

  /// The client has the beginning of an answer whose rest will not come.
  private void cut(String note) {
    closeUpstream();
    finish(note);
    passage.cut();
  }

  @Override
  public void expired() {
    switch (phase) {
      case WAITING -> {
        endWait();
        giveUpUnserved();
      }
      case CONNECTING -> failTry(Failure.CONNECT_TIMEOUT);
      case AWAITING -> {
        if (sending.due() || !Objects.requireNonNull(upstream).writable()) {
          failTry(Failure.SLOW);
        } else {
          closeUpstream();
          giveUp(GivenUp.SLOW_CLIENT);
        }
      }
      case PASSING -> cutSlow();
      case SEEKING, TUNNEL, OVER -> {}
    }
  }

  private void cutSlow() {
    if (client.writable()) {
      failTry(Failure.SLOW);
    } else {
      cut("the client did not take the answer in time");
    }
  }

  private void failTry(Failure failure) {
    Objects.requireNonNull(upstream).close();
    failed(failure);
  }

  @Override
  public void clientGone() {
    abandon("the client left");
  }

  /// Nobody wants the answer any more.
  void abandon(String note) {
    endWait();
    closeUpstream();
    if (phase != Phase.OVER) {
      tally.statusUnlessBegun(CLIENT_LEFT);
      finish(note);
    }
  }

  private void closeUpstream() {
    if (upstream != null) {
      upstream.close();
      letGo();
    }
  }

  private void letGo() {
    Replica at = Objects.requireNonNull(upstream).pool().replica();
    upstream = null;
    service.giveBack(at);
  }

  /// All of it has taken too long.
  void overtime() {
    service.ledger().overtime();
    stop(GivenUp.OVERTIME);
  }

  /// Writes down what it came to.
  private void finish(@Nullable String note) {
    phase = Phase.OVER;
    overtime.end();
    if (hedge != null) {
      hedge.over();
    }
    kept.clear();
    passage.clear();
    tally.end(service, client, replica, note == null && search != null ? search.note() : note);
  }
}
