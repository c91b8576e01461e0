package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.choice.Tried;
import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Framing;
import dev.ringmaster.gateway.http1.HeadWriter;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Passing;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.ledger.Line;
import dev.ringmaster.gateway.retry.FailedTry;
import dev.ringmaster.gateway.retry.FailedTry.AnswerSent;
import dev.ringmaster.gateway.retry.Failure;
import dev.ringmaster.gateway.retry.RetryDecision;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its answer: the life of a request, told from top to bottom.
///
/// ```
/// begin → choose → connect → send → await → pass → finish
///           │ ↑       │               │
///           │ └───────┴── fail ───────┘             the next candidate, or one that has healed
///           └→ heal ──→ give up
/// ```
///
/// There is one for each client connection, used for one request after another, so that a request
/// costs no object. It owns the replica's connection from [#choose] until the answer's end.
final class Exchange implements Turn {
  /// What an outgoing head may have more than the incoming one.
  private static final int ADDED_BYTES = 320;

  /// Bodies up to this size are copied behind the head, so that one write sends both.
  private static final int COPIED_BYTES = 8 * 1024;

  /// What the log says of a client that left before an answer; nginx's number for it.
  static final int CLIENT_LEFT = 499;

  private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

  private enum Phase {
    OVER,
    HEALING,
    CONNECTING,
    AWAITING,
    PASSING
  }

  private final Lane lane;
  private final ClientConnection client;
  private final Tried tried = new Tried();
  private final KeptBody kept = new KeptBody();
  private final Tally tally = new Tally();
  private Phase phase = Phase.OVER;
  private long hash;
  private long healEndNs;
  private @Nullable Replica replica;
  private @Nullable UpstreamConnection upstream;
  private @Nullable ByteBuf headOut;
  private Persistence persistence = Persistence.IMPLIED;

  Exchange(Lane lane, ClientConnection client) {
    this.lane = lane;
    this.client = client;
  }

  /// A request's head is complete.
  void begin() {
    tally.begin(lane.nowNs());
    tried.clear();
    kept.clear();
    replica = null;
    healEndNs = 0;
    lane.ledger().exchanges(1);
    lane.budget().request();
    hash = lane.service().keys().hash(client.head(), client.address(), lane.random());
    choose();
  }

  private void choose() {
    FleetView view = lane.view();
    Replica chosen = tried.full() ? null : lane.chooser().choose(view, hash, tried);
    if (chosen == null) {
      awaitHealing(view);
      return;
    }
    if (lane.chooser().spilled(chosen, tried)) {
      lane.ledger().spill(chosen.seat());
    }
    replica = chosen;
    ReplicaPool pool = lane.upstreams().of(chosen, tally.beganNs());
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
    UpstreamConnection connection = new UpstreamConnection(lane, pool, this);
    hold(connection);
    tally.connecting(lane.nowNs());
    phase = Phase.CONNECTING;
    client.arm(lane.waits().connect);
    connection.connect();
  }

  private void hold(UpstreamConnection connection) {
    upstream = connection;
    connection.pool().replica().load().begin();
    tally.tried();
  }

  /// The connection to the replica stands.
  void connected(UpstreamConnection connection) {
    tally.connected(lane.nowNs());
    send(connection);
  }

  private void send(UpstreamConnection connection) {
    phase = Phase.AWAITING;
    RequestHead head = client.head();
    connection.begin(this, head.method());
    ByteBuf out = lane.allocator().directBuffer(head.headLength() + ADDED_BYTES);
    Passing passing = head.expectContinue() ? Passing.EXPECT : Passing.PLAIN;
    HeadWriter.request(out, head, client.forwarding(), passing);
    connection.write(out);
    ByteBuf body = kept.whole();
    if (body != null) {
      connection.write(body);
    }
    armWaiting();
    client.advance();
  }

  /// All of the request was sent: the answer's first byte is due. Else the next bytes of its body.
  private void armWaiting() {
    client.arm(requestSent() ? lane.waits().firstByte : lane.waits().idle);
  }

  @Override
  public boolean hungry(int bytes) {
    if (client.body().state() != BodyReader.State.OPEN) {
      return false;
    }
    return switch (phase) {
      case CONNECTING, HEALING -> bytes <= kept.room();
      case AWAITING, PASSING -> upstream != null && upstream.writable();
      case OVER -> false;
    };
  }

  @Override
  public void takeBody(ByteBuf in) {
    BodyReader body = client.body();
    int length = body.raw(in);
    BodyFault fault = body.fault();
    if (fault != null) {
      refuseBody(fault);
      return;
    }
    ByteBuf piece = in.readRetainedSlice(length);
    tally.in(length);
    kept.add(piece, lane.allocator());
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

  /// Whether the last byte of the request has come from the client.
  boolean requestSent() {
    return client.body().state() == BodyReader.State.ENDED;
  }

  /// The method that is to be answered.
  Method method() {
    return client.head().method();
  }

  /// The replica takes more bytes again.
  void replicaWritable() {
    client.advance();
  }

  /// The replica said something before its answer, such as `100 Continue`.
  void interim(ResponseHead head) {
    if (client.head().minorVersion() > 0) {
      ByteBuf out = lane.allocator().directBuffer(head.headLength() + ADDED_BYTES);
      HeadWriter.response(out, head, Persistence.IMPLIED);
      client.write(out);
    }
  }

  /// The head of the answer is complete.
  void answerBegins(UpstreamConnection connection, ResponseHead head, ByteBuf in) {
    long nowNs = lane.nowNs();
    tally.firstByte(nowNs);
    connection.pool().answered(lane.service().fleet(), nowNs);
    if (head.status() == 404 && lane.settings().classicAnswers()) {
      answerMissing(connection);
      return;
    }
    phase = Phase.PASSING;
    tally.status(head.status());
    persistence = persistence(head);
    int room = head.headLength() + ADDED_BYTES + Math.min(in.readableBytes(), COPIED_BYTES);
    headOut = lane.allocator().directBuffer(room);
    HeadWriter.response(headOut, head, persistence);
  }

  private Persistence persistence(ResponseHead head) {
    if (head.framing() == Framing.UNTIL_CLOSE) {
      return Persistence.CLOSE;
    }
    boolean old = client.head().minorVersion() == 0;
    return old && head.framing() == Framing.CHUNKED
        ? Persistence.CLOSE_UNCHUNKED
        : client.persistence();
  }

  /// More of the answer's body is there, or its end.
  void answerBytes(UpstreamConnection connection, BodyReader body, ByteBuf in) {
    boolean unchunked = persistence == Persistence.CLOSE_UNCHUNKED;
    int length = unchunked ? body.payload(in) : body.raw(in);
    if (body.fault() != null) {
      return;
    }
    pass(in, length);
    while (unchunked && (length = body.payload(in)) > 0) {
      pass(in, length);
    }
    client.arm(lane.waits().idle);
    if (!client.writable()) {
      connection.read(false);
    }
  }

  private void pass(ByteBuf in, int length) {
    ByteBuf head = headOut;
    headOut = null;
    tally.out(length);
    if (head != null) {
      kept.passOn();
      if (length <= Math.min(head.writableBytes(), COPIED_BYTES)) {
        head.writeBytes(in, length);
        client.write(head);
        return;
      }
      client.write(head);
    }
    if (length > 0) {
      client.write(in.readRetainedSlice(length));
    }
  }

  /// All that has come from the replica for now was passed.
  void flushClient() {
    client.flush();
  }

  @Override
  public void clientWritable() {
    if (upstream != null) {
      upstream.read(true);
    }
  }

  /// The answer is passed, and the replica's connection is in other hands.
  void answerEnds() {
    letGo();
    finish(null);
    client.turnOver(persistence);
  }

  /// The classic contract has a 400 for what the replicas do not know.
  private void answerMissing(UpstreamConnection connection) {
    if (requestSent()) {
      connection.abandonAnswer();
    } else {
      connection.close();
    }
    letGo();
    RequestHead head = client.head();
    String path = head.text(head.pathFrom(), head.pathTo());
    answer(
        Answers.Failure.of(400, "'" + path + "' endpoint does not exist in server replicas"), null);
  }

  /// The try failed. The connection to the replica is closed already.
  void failed(Failure failure) {
    Replica lost = Objects.requireNonNull(replica);
    UpstreamConnection connection = Objects.requireNonNull(upstream);
    letGo();
    report(lost, failure);
    FailedTry facts = facts(lost, failure);
    RetryDecision decision = RetryDecision.of(facts, lane.budget(), lane.nowNs());
    switch (decision) {
      case SAME_REPLICA_ANEW -> {
        lane.ledger().retry(lost.seat());
        connect(connection.pool());
      }
      case NEXT_CANDIDATE -> {
        tried.add(lost, failure);
        lane.ledger().retry(lost.seat());
        choose();
      }
      case ANSWER_BEGUN -> cut(failure.reason());
      case NOT_REPEATABLE, BODY_PASSED_ON, TIME_USED, ANSWER_INVALID, TRIES_USED, BUDGET_USED ->
          giveUp(failure.status(), failure.reason(), decision.reason());
    }
  }

  private FailedTry facts(Replica lost, Failure failure) {
    boolean begun = phase == Phase.PASSING && headOut == null;
    RequestHead head = client.head();
    boolean repeatable = head.method().idempotent() || head.has(KnownHeader.IDEMPOTENCY_KEY);
    int before = tried.heard() + (tried.contains(lost) ? 0 : 1);
    return new FailedTry(
        failure,
        repeatable,
        begun ? AnswerSent.BEGUN : AnswerSent.NOTHING,
        kept.kept(),
        before,
        lane.settings().retry().tries());
  }

  private void report(Replica lost, Failure failure) {
    Symptom symptom =
        switch (failure) {
          case REFUSED -> Symptom.CONNECT_FAILED;
          case CONNECT_TIMEOUT -> Symptom.CONNECT_TIMEOUT;
          case STALE, BROKEN -> Symptom.BROKEN;
          case SLOW -> Symptom.TIMEOUT;
          case GARBAGE -> Symptom.GARBAGE;
        };
    if (failure != Failure.STALE) {
      lane.service().fleet().report(lost, symptom);
    }
  }

  /// No replica is left to try; one may serve again before the client's patience ends.
  private void awaitHealing(FleetView view) {
    long nowNs = lane.nowNs();
    if (healEndNs == 0) {
      healEndNs = nowNs + lane.settings().timeouts().heal().toNanos();
    }
    // A try in between has armed its own, shorter deadline; the end is checked at each look.
    client.arm(lane.waits().heal);
    if (nowNs < healEndNs && Healing.likely(view) && lane.healing().await(this, view)) {
      phase = Phase.HEALING;
    } else {
      giveUpUnserved();
    }
  }

  /// The fleet has changed while this exchange waited.
  void retryHealed() {
    if (phase == Phase.HEALING) {
      tried.forgetRefused();
      choose();
    }
  }

  private void giveUpUnserved() {
    if (tally.tries() == 0) {
      giveUp(503, "no replica serves", "no replica serves");
    } else {
      giveUp(502, "no replica could be reached", "no candidate is left");
    }
  }

  private void giveUp(int status, String message, String note) {
    Map<String, String> headers = status == 503 ? RETRY_SOON : Map.of();
    answer(new Answers.Failure(status, message, headers), note);
  }

  private void refuseBody(BodyFault fault) {
    if (phase == Phase.HEALING) {
      lane.healing().leave(this);
    }
    if (phase == Phase.PASSING && headOut == null) {
      cut(fault.reason());
    } else {
      closeUpstream();
      answer(Answers.Failure.of(fault.status(), fault.reason()), fault.reason());
    }
  }

  private void answer(Answers.Failure failure, @Nullable String note) {
    persistence = client.persistence();
    ByteBuf out = lane.allocator().directBuffer();
    Answers.failure(out, failure, persistence, method());
    tally.status(failure.status());
    client.write(out);
    finish(note);
    client.turnOver(persistence);
  }

  /// The client has the beginning of an answer whose rest will not come.
  private void cut(String note) {
    closeUpstream();
    finish(note);
    client.close();
  }

  @Override
  public void expired() {
    switch (phase) {
      case HEALING -> {
        lane.healing().leave(this);
        giveUpUnserved();
      }
      case CONNECTING -> failTry(Failure.CONNECT_TIMEOUT);
      case AWAITING -> {
        if (requestSent() || !Objects.requireNonNull(upstream).writable()) {
          failTry(Failure.SLOW);
        } else {
          closeUpstream();
          giveUp(408, "the request's body did not come in time", "the client was too slow");
        }
      }
      case PASSING -> cutSlow();
      case OVER -> {}
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
    if (phase == Phase.HEALING) {
      lane.healing().leave(this);
    }
    closeUpstream();
    if (phase != Phase.OVER) {
      tally.statusUnlessBegun(CLIENT_LEFT);
      finish("the client left");
    }
  }

  private void closeUpstream() {
    if (upstream != null) {
      upstream.close();
      letGo();
    }
  }

  private void letGo() {
    Objects.requireNonNull(upstream).pool().replica().load().end();
    upstream = null;
  }

  /// Writes down what it came to.
  private void finish(@Nullable String note) {
    phase = Phase.OVER;
    kept.clear();
    if (headOut != null) {
      headOut.release();
      headOut = null;
    }
    long durationNs = lane.nowNs() - tally.beganNs();
    lane.ledger().exchanges(-1);
    if (replica == null) {
      lane.ledger().unrouted(tally.status());
    } else {
      lane.ledger()
          .exchange(replica.seat(), tally.status(), tally.bytesIn(), tally.bytesOut(), durationNs);
    }
    if (lane.lines() != null) {
      lane.log(line(durationNs, note));
    }
  }

  private Line line(long durationNs, @Nullable String note) {
    Line plain = client.line(tally.status(), durationNs, note);
    return replica == null ? plain : tally.onto(plain, replica.name(), replica.seat());
  }
}
