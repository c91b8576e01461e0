package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Passing;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.Rejection;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.http1.StoredHead;
import dev.ringmaster.gateway.ledger.Line;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import dev.ringmaster.queue.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A message on its way to a replica: an exchange without a client's connection. Its request is all
/// there, and the answer is kept instead of passed on. Used for one message after another.
///
/// ```
/// resting → carried → resting      told what came of it exactly once
/// ```
final class Delivery implements Requester, Expiring {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /// Messages come from no client; together they count as one where clients get their shares.
  private static final byte[] NO_ADDRESS = new byte[4];

  /// What is stored was within the limits for clients when it was accepted; those may be narrower
  /// by now, and a few lines were added.
  private static final Limits STORED =
      new Limits(1 << 20, 1 << 20, 1 << 20, 4_096, 0, Long.MAX_VALUE, 0, 2);

  private final Lane lane;
  private final Deliveries deliveries;
  private final RequestHead head = new RequestHead(STORED);
  private final BodyReader body = new BodyReader(STORED);
  private final Deadline deadline = new Deadline(this);
  private final KeptAnswer answer;
  private final Exchange exchange;
  private @Nullable Parcel parcel;
  private @Nullable Consumer<Outcome> ended;
  private @Nullable String failure;

  Delivery(Lane lane, Deliveries deliveries) {
    this.lane = lane;
    this.deliveries = deliveries;
    this.answer = new KeptAnswer(lane);
    this.exchange = Exchange.of(lane, this, answer);
  }

  /// Takes a message to its service.
  void begin(Parcel next, Consumer<Outcome> told) {
    parcel = next;
    ended = told;
    failure = null;
    LocalService service = lane.plane().service(next.service());
    if (service == null) {
      tell(new Outcome.Refused("there is no service '" + next.service() + "'"));
      return;
    }
    Rejection fault = readHead(next.message());
    if (fault != null) {
      tell(new Outcome.Broken("the stored head cannot be sent: " + fault.reason()));
      return;
    }
    Terms terms = service.terms().within(lane.waits().ticks(millis(next.timeoutMs())));
    ByteBuf content = Unpooled.wrappedBuffer(next.message().content().body());
    exchange.carry(new Destination(service, terms), hash(service, next.message()), content);
  }

  private static long millis(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /// The head as it is stored, once more by the rules for clients: whatever the store gives back,
  /// nothing but a request leaves here.
  private @Nullable Rejection readHead(Message message) {
    head.reset();
    return StoredHead.read(head, message.content().head());
  }

  private static long hash(LocalService service, Message message) {
    byte[] key = message.key();
    byte[] hashed =
        key.length > 0 ? key : message.id().toString().getBytes(StandardCharsets.US_ASCII);
    return service.keys().hash(hashed, hashed.length);
  }

  @Override
  public RequestHead head() {
    return head;
  }

  /// At its end from the beginning.
  @Override
  public BodyReader body() {
    return body;
  }

  @Override
  public boolean stored() {
    return true;
  }

  @Override
  public byte[] address() {
    return NO_ADDRESS;
  }

  @Override
  public void writeHead(ByteBuf out, Passing passing) {
    Parcel carried = Objects.requireNonNull(parcel);
    Message message = carried.message();
    StoredHead.write(
        out,
        head,
        new StoredHead.Told(
            message.id().toString(),
            carried.attempt(),
            carried.shard(),
            carried.epoch(),
            message.seq(),
            message.content().body().length));
  }

  @Override
  public void arm(long ticks) {
    lane.waits().arm(deadline, ticks);
  }

  @Override
  public void expired() {
    exchange.expired();
  }

  @Override
  public void broke() {
    if (parcel != null) {
      cut("a defect in Ringmaster; see its log");
    }
  }

  /// There is no more input; what was written to the replica leaves.
  @Override
  public void advance() {
    exchange.inputTaken();
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public void flush() {}

  @Override
  public Persistence persistence() {
    return Persistence.IMPLIED;
  }

  @Override
  public void fail(Answers.Failure told, Persistence persistence, Method answered) {
    failure = told.message();
  }

  @Override
  public void turnOver(Persistence persistence) {
    tell(outcome());
  }

  private Outcome outcome() {
    if (failure == null) {
      return answer.outcome(Objects.requireNonNull(exchange.replica()).seat());
    }
    return answer.tally().seen() ? new Outcome.Broken(failure) : new Outcome.Refused(failure);
  }

  /// Ends it in the midst of it.
  void cut(String reason) {
    exchange.abandon(reason);
    failure = reason;
    tell(outcome());
  }

  private void tell(Outcome outcome) {
    Consumer<Outcome> told = Objects.requireNonNull(ended);
    lane.waits().disarm(deadline);
    parcel = null;
    ended = null;
    answer.forget();
    deliveries.over(this, outcome);
    try {
      told.accept(outcome);
    } catch (RuntimeException e) {
      LOG.error("defect in who hears of a delivery", e);
    }
  }

  @Override
  public Line line(int status, long durationNs, @Nullable String note) {
    Parcel carried = Objects.requireNonNull(parcel);
    String what = "message " + carried.message().id() + ", attempt " + carried.attempt();
    Line.Request request =
        new Line.Request(
            head.text(head.methodFrom(), head.methodTo()),
            head.text(head.targetFrom(), head.targetTo()));
    return Line.unrouted(
        lane.nowMs() - TimeUnit.NANOSECONDS.toMillis(durationNs),
        "queue:" + carried.queue(),
        request,
        new Line.Ending(status, durationNs, note == null ? what : what + "; " + note));
  }
}
