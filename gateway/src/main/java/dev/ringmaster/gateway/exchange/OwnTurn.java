package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request that Ringmaster answers itself: its body is collected, the question put, the answer
/// written when it comes. Rare, so it is an object each time and uses strings.
final class OwnTurn implements Turn {
  private static final Logger LOG = LoggerFactory.getLogger(OwnTurn.class);

  private enum Phase {
    COLLECTING,
    ANSWERING,
    OVER
  }

  private final Lane lane;
  private final ClientConnection client;
  private final long beganNs;
  private final ByteBuf collected;
  private Phase phase = Phase.COLLECTING;

  OwnTurn(Lane lane, ClientConnection client) {
    this.lane = lane;
    this.client = client;
    this.beganNs = lane.nowNs();
    this.collected = lane.allocator().buffer(0, OwnEndpoints.MAX_BODY_BYTES);
  }

  void begin() {
    lane.ledger().exchanges(1);
    RequestHead head = client.head();
    if (head.contentLength() > OwnEndpoints.MAX_BODY_BYTES) {
      refuse(413, "the body is larger than " + OwnEndpoints.MAX_BODY_BYTES + " bytes");
    } else if (client.body().state() == BodyReader.State.ENDED) {
      ask();
    } else {
      client.arm(lane.waits().idle);
      proceed(head);
    }
  }

  /// A client that waits for leave to send its body gets it.
  private void proceed(RequestHead head) {
    if (head.expectContinue()) {
      ByteBuf out = lane.allocator().directBuffer();
      Answers.proceed(out);
      client.write(out);
      client.flush();
    }
  }

  @Override
  public boolean awaitsBody() {
    return phase == Phase.COLLECTING;
  }

  @Override
  public boolean hungry(int bytes) {
    return phase == Phase.COLLECTING;
  }

  @Override
  public void takeBody(ByteBuf in) {
    BodyReader body = client.body();
    int length;
    while ((length = body.payload(in)) > 0) {
      if (length > collected.maxWritableBytes()) {
        refuse(413, "the body is larger than " + OwnEndpoints.MAX_BODY_BYTES + " bytes");
        return;
      }
      collected.writeBytes(in, length);
    }
    BodyFault fault = body.fault();
    if (fault != null) {
      refuse(fault.status(), fault.reason());
    } else if (body.state() == BodyReader.State.ENDED) {
      ask();
    } else {
      client.arm(lane.waits().idle);
    }
  }

  @Override
  public void inputTaken() {}

  private void ask() {
    phase = Phase.ANSWERING;
    client.disarm();
    lane.shared().own().answer(question()).whenComplete(this::answered);
  }

  private Question question() {
    RequestHead head = client.head();
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < head.headerCount(); i++) {
      String name = head.text(head.nameFrom(i), head.nameTo(i)).toLowerCase(Locale.ROOT);
      headers.putIfAbsent(name, head.valueText(i));
    }
    return new Question(
        head.text(head.methodFrom(), head.methodTo()),
        head.text(head.pathFrom(), head.pathTo()),
        head.queryFrom() < 0 ? "" : head.text(head.queryFrom(), head.queryTo()),
        headers,
        collected.toString(StandardCharsets.UTF_8),
        client.origin().client());
  }

  private void answered(@Nullable Answer answer, @Nullable Throwable defect) {
    if (lane.loop().inEventLoop()) {
      deliver(answer, defect);
    } else {
      lane.loop().execute(() -> deliver(answer, defect));
    }
  }

  private void deliver(@Nullable Answer answer, @Nullable Throwable defect) {
    if (phase != Phase.ANSWERING) {
      return;
    }
    if (answer == null) {
      LOG.error("defect in an endpoint of Ringmaster's own", defect);
      refuse(500, "a defect in Ringmaster; see its log");
      return;
    }
    Persistence persistence = client.persistence();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    ByteBuf out = lane.allocator().directBuffer();
    Answers.answer(
        out,
        new Answers.Content(answer.status(), answer.headers(), body),
        persistence,
        client.head().method());
    end(out, answer.status(), persistence);
  }

  private void refuse(int status, String message) {
    Persistence persistence = client.persistence();
    ByteBuf out = lane.allocator().directBuffer();
    Answers.failure(out, Answers.Failure.of(status, message), persistence, client.head().method());
    end(out, status, persistence);
  }

  private void end(ByteBuf out, int status, Persistence persistence) {
    client.write(out);
    finish(status, null);
    client.turnOver(persistence);
  }

  private void finish(int status, @Nullable String note) {
    phase = Phase.OVER;
    collected.release();
    lane.ledger().exchanges(-1);
    lane.ledger().unrouted(status);
    if (lane.lines() != null) {
      lane.log(client.line(status, lane.nowNs() - beganNs, note));
    }
  }

  @Override
  public void expired() {
    refuse(408, "the request's body did not come in time");
  }

  @Override
  public void clientWritable() {}

  @Override
  public void clientGone() {
    if (phase != Phase.OVER) {
      finish(Exchange.CLIENT_LEFT, "the client left");
    }
  }
}
