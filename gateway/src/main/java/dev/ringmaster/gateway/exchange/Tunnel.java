package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.Replica;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Two connections that have left HTTP by a 101: bytes both ways, until both ends have said that
/// they are done, one connection breaks, nothing moves for too long, or the replica is gone.
///
/// ```
/// open ── one end is done, the other is told ──→ half open ── the other is done too ──→ over
///   └──────────── broken, idle, replica gone ────────┴──────────────────────────────────↑
/// ```
///
/// An end that takes no more holds the other back: it is not read until it takes again.
final class Tunnel implements Turn {
  /// How far an end is.
  private enum End {
    /// It may send more.
    TALKING,
    /// It sends nothing more, but not all that it sent has been passed on.
    DONE,
    /// The other end was told so, behind all that was sent.
    TOLD
  }

  private enum Stage {
    OPEN,
    OVER
  }

  private final LocalService service;
  private final Exchange exchange;
  private final ClientConnection client;
  private final UpstreamConnection upstream;
  private End clientEnd = End.TALKING;
  private End replicaEnd = End.TALKING;
  private Stage stage = Stage.OPEN;

  /// A tunnel that carries on the exchange, whose connections these are.
  static Tunnel of(
      LocalService service, Exchange exchange, Requester client, UpstreamConnection upstream) {
    return switch (client) {
      case ClientConnection asking -> new Tunnel(service, exchange, asking, upstream);
      case Delivery _ -> throw new IllegalStateException("no message offers another protocol");
    };
  }

  private Tunnel(
      LocalService service,
      Exchange exchange,
      ClientConnection client,
      UpstreamConnection upstream) {
    this.service = service;
    this.exchange = exchange;
    this.client = client;
    this.upstream = upstream;
  }

  /// The 101 is written; bytes may flow.
  void begin() {
    service.tunnels().opened(this);
    client.becomes(this);
    arm();
  }

  Replica replica() {
    return upstream.pool().replica();
  }

  /// While both ends talk the wait is long. When one is done, the other should be soon.
  private void arm() {
    boolean whole = clientEnd == End.TALKING && replicaEnd == End.TALKING;
    client.arm(whole ? service.terms().tunnel() : service.terms().idle());
  }

  @Override
  public boolean hungry(int bytes) {
    return upstream.writable();
  }

  @Override
  public void takeBody(ByteBuf in) {
    int length = in.readableBytes();
    exchange.tally().in(length);
    upstream.write(in.readRetainedSlice(length));
    arm();
  }

  @Override
  public void inputTaken() {
    upstream.flush();
    if (clientEnd == End.DONE && !client.hasInput()) {
      clientEnd = End.TOLD;
      if (replicaEnd == End.TOLD) {
        end(null);
      } else {
        upstream.endOutput();
      }
    }
  }

  /// Bytes of the replica.
  void takeAnswer(ByteBuf in) {
    int length = in.readableBytes();
    if (length > 0) {
      exchange.tally().out(length);
      client.write(in.readRetainedSlice(length));
      arm();
    }
    if (!client.writable()) {
      upstream.read(false);
    }
  }

  @Override
  public void clientWritable() {
    upstream.read(true);
  }

  @Override
  public void clientDone() {
    if (clientEnd == End.TALKING) {
      clientEnd = End.DONE;
      arm();
      client.advance();
    }
  }

  /// The replica sends nothing more; what it sent is written to the client already.
  void replicaDone() {
    replicaEnd = End.TOLD;
    if (clientEnd == End.TOLD) {
      end(null);
    } else {
      arm();
      client.endOutput();
    }
  }

  /// The replica's connection has broken.
  void replicaGone() {
    end("the replica's connection broke");
  }

  /// The replica is not of the fleet any more: its drain time is over, or it died.
  void replicaLeft() {
    end("the replica left");
  }

  @Override
  public void expired() {
    end("nothing moved for too long");
  }

  @Override
  public void clientGone() {
    if (stage != Stage.OVER) {
      over("the client left");
    }
  }

  /// Ends both connections behind what is written to them.
  private void end(@Nullable String note) {
    if (stage != Stage.OVER) {
      over(note);
      client.endTurn();
    }
  }

  private void over(@Nullable String note) {
    stage = Stage.OVER;
    service.tunnels().closed(this);
    upstream.closeWritten();
    exchange.tunnelEnds(note);
  }
}
