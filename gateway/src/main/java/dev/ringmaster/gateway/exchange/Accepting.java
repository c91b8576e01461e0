package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.Preferences;
import dev.ringmaster.gateway.http1.StoredHead;
import dev.ringmaster.gateway.own.QueueDoor;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request whose client prefers not to wait for the answer (`Prefer: respond-async`, RFC 7240):
/// it becomes a message of the queue that is named after its service.
///
/// ```
/// collecting → keeping → over      202 when its bytes are on disk; what is refused is not kept
/// ```
final class Accepting implements Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);

  private enum Phase {
    COLLECTING,
    KEEPING,
    OVER
  }

  private final Lane lane;
  private final ClientConnection client;
  private final QueueDoor door;
  private final LocalService service;
  private final String others;
  private final long beganNs;
  private final int mostBytes;
  private final WholeBody collected;
  private Phase phase = Phase.COLLECTING;
  private byte @Nullable [] cookieLine;

  private Accepting(
      Lane lane, ClientConnection client, QueueDoor door, LocalService service, String others) {
    this.lane = lane;
    this.client = client;
    this.door = door;
    this.service = service;
    this.others = others;
    this.beganNs = lane.nowNs();
    QueueView queue = door.queues().queue(service.name());
    this.mostBytes =
        (queue == null ? QueueTerms.Limits.DEFAULT : queue.terms().limits()).messageBytes();
    this.collected = new WholeBody(lane, mostBytes);
  }

  /// Takes the request whose head is complete, if it shall wait and may; else a preference is
  /// nothing that has to be followed, and the request goes its usual way.
  static boolean begins(Lane lane, ClientConnection client) {
    QueueDoor door = lane.shared().queues();
    if (door == null || !client.head().has(KnownHeader.PREFER)) {
      return false;
    }
    Preferences preferences = Preferences.of(client.head());
    Destination destination = preferences.respondAsync() ? lane.plane().queued(client) : null;
    if (destination == null) {
      return false;
    }
    Accepting turn = new Accepting(lane, client, door, destination.service(), preferences.others());
    client.turn(turn);
    turn.begin(destination.terms());
    return true;
  }

  private void begin(Terms terms) {
    service.ledger().exchanges(1);
    long length = client.head().contentLength();
    if (client.head().upgrades()) {
      refuse(Refusal.INVALID, "a request that offers another protocol cannot wait", -1);
    } else if (length > mostBytes || length > terms.maxBodyBytes()) {
      refuseBody(BodyFault.BODY_TOO_LARGE);
    } else if (client.body().state() == BodyReader.State.ENDED) {
      keep();
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
    BodyFault fault = collected.take(client.body(), in);
    if (fault != null) {
      refuseBody(fault);
    } else if (client.body().state() == BodyReader.State.ENDED) {
      keep();
    } else {
      client.arm(lane.waits().idle);
    }
  }

  @Override
  public void inputTaken() {}

  private void refuseBody(BodyFault fault) {
    switch (fault) {
      case BODY_TOO_LARGE ->
          refuse(Refusal.TOO_LARGE, "the body is larger than a message may be: " + mostBytes, -1);
      case NO_ROOM -> refuse(Refusal.UNAVAILABLE, fault.reason(), TimeUnit.SECONDS.toMillis(1));
      default -> refuse(Refusal.INVALID, fault.reason(), -1);
    }
  }

  /// All of the request is there.
  private void keep() {
    byte[] body = collected.toArray();
    collected.release();
    phase = Phase.KEEPING;
    client.arm(lane.waits().idle);
    byte[] head = StoredHead.of(client.head(), client.origin().told(), others);
    MessageKey key = MessageKey.of(service, client, body);
    cookieLine = key.cookieLine();
    switch (door.draft(client.fields(), key.bytes(), new Content(head, body), lane.nowMs())) {
      case Reply.Done<Draft>(Draft draft) -> sent(draft).whenComplete(this::told);
      case Reply.Refused<Draft>(Refusal kind, String reason, long retryAfterMs) ->
          refuse(kind, reason, retryAfterMs);
    }
  }

  /// The queue is made when it is first needed.
  private CompletionStage<Reply<Accepted>> sent(Draft draft) {
    QueueControl queues = door.queues();
    String name = service.name();
    if (queues.queue(name) != null) {
      return queues.send(name, draft);
    }
    return queues
        .put(QueueTerms.ofService(name))
        .thenCompose(made ->
            switch (made) {
              case Reply.Done<QueueView> _ -> queues.send(name, draft);
              case Reply.Refused<QueueView>(Refusal kind, String reason, long retryAfterMs) ->
                  CompletableFuture.completedStage(new Reply.Refused<>(kind, reason, retryAfterMs));
            });
  }

  private void told(@Nullable Reply<Accepted> reply, @Nullable Throwable defect) {
    lane.loop().execute(() -> answer(reply, defect));
  }

  private void answer(@Nullable Reply<Accepted> reply, @Nullable Throwable defect) {
    if (phase != Phase.KEEPING) {
      return;
    }
    switch (reply) {
      case Reply.Done<Accepted>(Accepted accepted) -> accept(accepted);
      case Reply.Refused<Accepted>(Refusal kind, String reason, long retryAfterMs) ->
          refuse(kind, reason, retryAfterMs);
      case null -> {
        LOG.error("defect in the queue", defect);
        end(Answers.Failure.of(500, "a defect in Ringmaster; see its log"));
      }
    }
  }

  /// ```
  /// {"id":"0193…","queue":"web","shard":17,"repeated":false}
  /// ```
  private void accept(Accepted accepted) {
    String queue = service.name();
    String id = accepted.id().toString();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Location", "/queues/" + queue + "/messages/" + id);
    headers.put("Preference-Applied", "respond-async");
    if (cookieLine != null) {
      String line = new String(cookieLine, StandardCharsets.ISO_8859_1).strip();
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    String json =
        "{\"id\":\"%s\",\"queue\":\"%s\",\"shard\":%d,\"repeated\":%b}"
            .formatted(id, queue, accepted.shard(), accepted.repeated());
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    Persistence persistence = client.persistence();
    ByteBuf out = lane.allocator().directBuffer();
    Answers.answer(
        out, new Answers.Content(202, headers, body), persistence, client.head().method());
    client.write(out);
    lane.ledger().accepted();
    finish(202, "queued as " + id);
    client.turnOver(persistence);
  }

  private void refuse(Refusal kind, String reason, long retryAfterMs) {
    lane.ledger().refused(kind);
    Map<String, String> headers =
        retryAfterMs < 0
            ? Map.of()
            : Map.of("Retry-After", Long.toString(Math.ceilDiv(retryAfterMs, 1_000L)));
    end(new Answers.Failure(kind.status(), reason, headers));
  }

  private void end(Answers.Failure failure) {
    Persistence persistence = client.persistence();
    client.fail(failure, persistence, client.head().method());
    finish(failure.status(), failure.message());
    client.turnOver(persistence);
  }

  private void finish(int status, @Nullable String note) {
    if (phase == Phase.COLLECTING) {
      collected.release();
    }
    phase = Phase.OVER;
    service.ledger().exchanges(-1);
    service.ledger().unseated(status);
    if (lane.lines() != null) {
      lane.log(client.line(status, lane.nowNs() - beganNs, note));
    }
  }

  @Override
  public void expired() {
    if (phase == Phase.KEEPING) {
      refuse(Refusal.UNAVAILABLE, "the queue did not answer in time", TimeUnit.SECONDS.toMillis(1));
    } else {
      end(Answers.Failure.of(408, "the request's body did not come in time"));
    }
  }

  @Override
  public void clientWritable() {}

  @Override
  public void clientGone() {
    if (phase != Phase.OVER) {
      finish(CLIENT_LEFT, "the client left");
    }
  }
}
