package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.AnswerBody;
import dev.ringmaster.gateway.own.Question;
import io.netty.buffer.ByteBuf;
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
    STREAMING,
    OVER
  }

  private final Lane lane;
  private final ClientConnection client;
  private final long beganNs;
  private final String path;
  private final int mostBytes;
  private final WholeBody collected;
  private Phase phase = Phase.COLLECTING;
  private int status;
  private @Nullable OwnStream stream;

  OwnTurn(Lane lane, ClientConnection client) {
    this.lane = lane;
    this.client = client;
    this.beganNs = lane.nowNs();
    RequestHead head = client.head();
    this.path = head.text(head.pathFrom(), head.pathTo());
    this.mostBytes = lane.shared().own().mostBodyBytes(path);
    this.collected = new WholeBody(lane, mostBytes);
  }

  void begin() {
    lane.ledger().exchanges(1);
    RequestHead head = client.head();
    if (head.contentLength() > mostBytes) {
      refuse(413, "the body is larger than " + mostBytes + " bytes");
    } else if (client.body().state() == BodyReader.State.ENDED) {
      ask();
    } else {
      collect();
    }
  }

  /// Who may not ask is told so before the body comes.
  private void collect() {
    Answer refusal = lane.shared().own().refusal(question());
    if (refusal != null && refusal.content() instanceof AnswerBody.Whole(byte[] body)) {
      write(refusal, body);
    } else {
      collected.ask(client);
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
    BodyFault fault = collected.take(body, in);
    if (fault == BodyFault.BODY_TOO_LARGE) {
      refuse(413, "the body is larger than " + mostBytes + " bytes");
    } else if (fault != null) {
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
    Question question = question();
    collected.release();
    phase = Phase.ANSWERING;
    client.disarm();
    lane.shared().own().answer(question).whenComplete(this::answered);
  }

  private Question question() {
    RequestHead head = client.head();
    return new Question(
        head.text(head.methodFrom(), head.methodTo()),
        path,
        head.queryFrom() < 0 ? "" : head.text(head.queryFrom(), head.queryTo()),
        client.fields(),
        collected.toArray(),
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
    switch (answer.content()) {
      case AnswerBody.Whole(byte[] body) -> write(answer, body);
      case AnswerBody.Pieces pieces -> stream(answer, pieces);
    }
  }

  private void write(Answer answer, byte[] body) {
    Persistence persistence = client.persistence();
    ByteBuf out = lane.allocator().directBuffer();
    Answers.answer(
        out,
        new Answers.Content(answer.status(), answer.headers(), body),
        persistence,
        client.head().method());
    end(out, answer.status(), persistence);
  }

  private void stream(Answer answer, AnswerBody.Pieces pieces) {
    boolean old = client.head().minorVersion() == 0;
    Persistence persistence = old ? Persistence.CLOSE_UNCHUNKED : client.persistence();
    ByteBuf out = lane.allocator().directBuffer();
    Answers.begin(out, answer.status(), answer.headers(), persistence);
    if (client.head().method() == Method.HEAD) {
      pieces.close();
      end(out, answer.status(), persistence);
      return;
    }
    client.write(out);
    client.flush();
    phase = Phase.STREAMING;
    status = answer.status();
    OwnStream begun = new OwnStream(lane, client, this, pieces, persistence);
    stream = begun;
    if (lane.draining()) {
      begun.end();
    } else {
      begun.advance();
    }
  }

  /// The answer in pieces is over.
  void streamed(@Nullable String note) {
    finish(status, note);
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
    if (phase == Phase.COLLECTING) {
      collected.release();
    }
    phase = Phase.OVER;
    lane.ledger().exchanges(-1);
    lane.ledger().unrouted(status);
    if (lane.lines() != null) {
      lane.log(client.line(status, lane.nowNs() - beganNs, note));
    }
  }

  @Override
  public void expired() {
    if (stream != null) {
      stream.cut("the client did not take the answer in time");
    } else {
      refuse(408, "the request's body did not come in time");
    }
  }

  @Override
  public void clientWritable() {
    if (stream != null) {
      stream.advance();
    }
  }

  @Override
  public void drain() {
    if (stream != null) {
      stream.end();
    }
  }

  @Override
  public void clientGone() {
    if (phase == Phase.OVER) {
      return;
    }
    if (stream == null) {
      finish(CLIENT_LEFT, "the client left");
    } else {
      stream.over();
      finish(status, "the client left");
    }
  }
}
