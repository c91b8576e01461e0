package dev.ringmaster.gateway.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.BodyMiss;
import dev.ringmaster.gateway.key.BodyScan;
import dev.ringmaster.gateway.key.KeySource;
import dev.ringmaster.gateway.key.StickyKey;
import dev.ringmaster.gateway.key.sticky.StickyCookie;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The search for a request's key under a rule that looks further than the head: into the body as
/// it comes, or into a signed cookie. It is the client's turn until the key is known; then the
/// exchange is. Used for one request after another.
final class KeySearch implements Turn {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

  private enum Progress {
    SEEKING,
    DONE
  }

  private final Lane lane;
  private final ClientConnection client;
  private final Exchange exchange;
  private final KeptBody kept;
  private final Tally tally;
  private @Nullable LocalService service;
  private @Nullable Terms terms;
  private @Nullable BodyScan body;
  private Progress progress = Progress.DONE;
  private int place;
  private long hash;
  private byte @Nullable [] cookieLine;
  private @Nullable String note;

  KeySearch(Lane lane, ClientConnection client, Exchange exchange, KeptBody kept, Tally tally) {
    this.lane = lane;
    this.client = client;
    this.exchange = exchange;
    this.kept = kept;
    this.tally = tally;
  }

  /// Begins with a request whose head is complete. If its body has to be read, a client that waits
  /// to be asked for it is asked.
  void begin(LocalService of, Terms within) {
    terms = within;
    if (service != of) {
      service = of;
      body = of.bodyScan();
    }
    cookieLine = null;
    note = null;
    RequestHead head = client.head();
    place = of.keys().place(head);
    if (body != null && body.begin(head, place)) {
      progress = Progress.SEEKING;
      client.turn(this);
      client.arm(within.idle());
      if (head.expectContinue()) {
        client.write(lane.allocator().directBuffer(CONTINUE.length).writeBytes(CONTINUE));
        client.flush();
      }
    } else {
      settle(of, body);
      exchange.keyed(hash);
    }
  }

  @Override
  public void takeBody(ByteBuf in) {
    BodyFault fault = take(in);
    if (fault != null) {
      exchange.stop(GivenUp.body(fault));
    } else if (progress == Progress.DONE) {
      client.turn(exchange);
      exchange.keyed(hash);
    } else {
      client.arm(Objects.requireNonNull(terms).idle());
    }
  }

  /// Takes the next bytes of the body, as many as may be looked at, and keeps them: nobody has them
  /// yet.
  ///
  /// @return what is wrong with the body; null if nothing is
  private @Nullable BodyFault take(ByteBuf in) {
    BodyScan scan = Objects.requireNonNull(body);
    LocalService of = Objects.requireNonNull(service);
    int length = Math.min(in.readableBytes(), scan.room());
    length = client.body().raw(in.slice(in.readerIndex(), length));
    BodyFault fault = client.body().judge(Objects.requireNonNull(terms).maxBodyBytes());
    if (fault != null) {
      return fault;
    }
    ByteBuf piece = in.readSlice(length);
    tally.in(length);
    if (!kept.gather(piece)) {
      return client.body().refuse(BodyFault.NO_ROOM);
    }
    progress = scan.take(piece) ? Progress.DONE : Progress.SEEKING;
    if (progress == Progress.DONE) {
      settle(of, scan);
    }
    return null;
  }

  @Override
  public boolean hungry(int bytes) {
    return progress == Progress.SEEKING && client.body().state() == BodyReader.State.OPEN;
  }

  @Override
  public boolean awaitsBody() {
    return true;
  }

  @Override
  public void inputTaken() {}

  @Override
  public void expired() {
    exchange.stop(GivenUp.SLOW_CLIENT);
  }

  @Override
  public void clientWritable() {}

  @Override
  public void clientGone() {
    exchange.clientGone();
  }

  private void settle(LocalService of, @Nullable BodyScan scan) {
    if (scan != null && scan.place() >= 0) {
      of.ledger().bodyKey(null);
      place = scan.place();
      hash = of.keys().hash(scan.key(), scan.keyLength());
      return;
    }
    if (scan != null && scan.miss() != null) {
      of.ledger().bodyKey(scan.miss());
      note = scan.miss() == BodyMiss.TOO_LONG ? BodyMiss.TOO_LONG.reason() : null;
    }
    StickyKey sticky = of.sticky();
    if (sticky != null && of.keys().source(place) instanceof KeySource.Sticky) {
      stick(of, sticky);
    } else {
      hash = of.keys().hash(place, client.head(), client.address(), lane.random());
    }
  }

  private void stick(LocalService of, StickyKey sticky) {
    StickyKey.Found found = sticky.find(client.head());
    if (found == StickyKey.Found.FORGED) {
      of.ledger().stickyForged();
    }
    if (found != StickyKey.Found.VALID) {
      of.ledger().stickyIssued();
      cookieLine = sticky.cookie().issue(lane.random(), client.secure());
    }
    hash = of.keys().hash(sticky.cookie().key(), StickyCookie.KEY_BYTES);
  }

  /// The line that gives the client its cookie, with its CR LF; null if it needs none.
  byte @Nullable [] cookieLine() {
    return cookieLine;
  }

  /// What the log should say about it; null for nothing.
  @Nullable String note() {
    return note;
  }

  /// The key is hashed and told: nobody needs it any more.
  void forgetKey() {
    if (body != null) {
      body.forget();
    }
  }

  /// The key as text, for people.
  String text() {
    BodyScan scan = body;
    if (scan != null && scan.place() == place) {
      return new String(scan.key(), 0, scan.keyLength(), UTF_8);
    }
    return Objects.requireNonNull(service).keys().text(place, client.head());
  }
}
