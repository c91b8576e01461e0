package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.choice.Tried;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.retry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The second try of an exchange whose replica is slow to answer (Dean and Barroso, "The Tail at
/// Scale", 2013).
///
/// ```
/// resting → watching → racing → spent       the first head of an answer wins, whatever its status;
///              └──────────────→ spent       the other connection is closed
/// ```
///
/// Until it wins, the second connection is this one's and the client hears nothing of it; then it
/// is handed to the exchange, so that there are never two answers. An exchange has one second try.
final class Hedge implements Asker {
  private enum Stage {
    RESTING,
    WATCHING,
    RACING,
    SPENT
  }

  private final Lane lane;
  private final Exchange exchange;
  private final Tried others = new Tried();
  private Stage stage = Stage.RESTING;
  private @Nullable LocalService service;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Replica replica;
  private @Nullable UpstreamConnection connection;

  Hedge(Lane lane, Exchange exchange) {
    this.lane = lane;
    this.exchange = exchange;
  }

  /// The exchange is over; another may follow.
  void over() {
    end();
    stage = Stage.RESTING;
  }

  /// The request is sent to the first replica: from now on that has so long.
  void watch(LocalService of, Hedging hedging) {
    if (stage == Stage.RESTING) {
      stage = Stage.WATCHING;
      service = of;
      hedging.budget().request();
      timer = lane.loop().schedule(() -> begin(hedging), hedging.afterNs(), TimeUnit.NANOSECONDS);
    }
  }

  /// The first replica has used its time up. There is no second try if the request could not be
  /// repeated from what is kept, no other replica has a place, or too many were hedged lately.
  private void begin(Hedging hedging) {
    if (stage != Stage.WATCHING) {
      return;
    }
    stage = Stage.SPENT;
    Replica second = exchange.another(others);
    if (second == null) {
      return;
    }
    if (hedging.budget().take(lane.nowNs())) {
      race(second);
    } else {
      Objects.requireNonNull(service).giveBack(second);
    }
  }

  private void race(Replica second) {
    LocalService of = Objects.requireNonNull(service);
    stage = Stage.RACING;
    replica = second;
    of.ledger().hedged();
    exchange.tally().hedged();
    ReplicaPool pool = of.upstreams().of(second, lane.nowNs());
    UpstreamConnection ready = pool.take();
    if (ready == null) {
      UpstreamConnection made = new UpstreamConnection(of, pool, this);
      connection = made;
      made.connect();
    } else {
      connection = ready;
      connected(ready);
    }
  }

  /// Whether both tries are under way.
  boolean racing() {
    return stage == Stage.RACING;
  }

  /// The first try has failed: the second is the only one now.
  void becomesFirst() {
    handOver();
  }

  private void handOver() {
    UpstreamConnection won = Objects.requireNonNull(connection);
    Replica at = Objects.requireNonNull(replica);
    stage = Stage.SPENT;
    connection = null;
    replica = null;
    won.handTo(exchange);
    exchange.takeOver(won, at);
  }

  /// No second try any more: the first has won.
  void end() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    if (stage == Stage.RACING) {
      Objects.requireNonNull(connection).close();
      giveBack();
    }
    stage = Stage.SPENT;
  }

  private void giveBack() {
    Replica at = Objects.requireNonNull(replica);
    connection = null;
    replica = null;
    Objects.requireNonNull(service).giveBack(at);
  }

  @Override
  public void connected(UpstreamConnection stands) {
    stands.begin(this, exchange.method());
    exchange.sending().begin(stands);
    stands.flush();
  }

  /// The first goes on alone.
  @Override
  public void failed(Failure failure) {
    stage = Stage.SPENT;
    Objects.requireNonNull(service).report(Objects.requireNonNull(replica), failure);
    giveBack();
  }

  @Override
  public void answerBegins(UpstreamConnection from, ResponseHead head, ByteBuf in) {
    Objects.requireNonNull(service).ledger().hedgeWon();
    exchange.tally().hedgeWon();
    handOver();
    exchange.answerBegins(from, head, in);
  }

  @Override
  public Method method() {
    return exchange.method();
  }

  @Override
  public boolean requestSent() {
    return exchange.requestSent();
  }

  /// All of the request was written at once.
  @Override
  public void replicaWritable() {}

  /// Only the winner's word passes.
  @Override
  public void interim(ResponseHead head) {}

  @Override
  public boolean mayTunnel(ResponseHead head) {
    return false;
  }

  @Override
  public Tunnel tunnel(UpstreamConnection from, ResponseHead head) {
    throw new IllegalStateException("no second try asks for another protocol");
  }

  @Override
  public void answerBytes(UpstreamConnection from, BodyReader body, ByteBuf in) {
    throw new IllegalStateException("an answer whose head was not handed over");
  }

  @Override
  public void flushClient() {}

  @Override
  public void answerEnds() {
    throw new IllegalStateException("an answer whose head was not handed over");
  }
}
