package dev.ringmaster.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.Slots;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Messages as a queue hands them to its courier.
public final class Parcels {
  /// The id of all of them.
  public static final MessageId ID = MessageId.parse("01890a5d-ac96-774b-bcce-b302099a8057");

  /// What the parcels are of.
  public static final String QUEUE = "orders";

  private static final long PATIENCE_S = 30;

  private Parcels() {}

  /// A POST with a key and a body.
  public static Parcel post(String key, String body) {
    return of("POST /jobs?n=1 HTTP/1.1\r\nHost: shop\r\nContent-Type: text/plain\r\n", key, body);
  }

  /// A message with that head, without its empty line.
  public static Parcel of(String head, String key, String body) {
    byte[] keyBytes = key.getBytes(ISO_8859_1);
    long lane = Slots.lane(QUEUE, keyBytes);
    Content content = new Content(head.getBytes(ISO_8859_1), body.getBytes(ISO_8859_1));
    Message message = new Message(ID, keyBytes, lane, Slots.slot(lane), 77, 1_000, content, null);
    return new Parcel(QUEUE, "web", message, 3, 12, 5, 20_000);
  }

  /// The same with another time-out.
  public static Parcel within(long timeoutMs, Parcel parcel) {
    return new Parcel(
        parcel.queue(),
        parcel.service(),
        parcel.message(),
        parcel.attempt(),
        parcel.shard(),
        parcel.epoch(),
        timeoutMs);
  }

  /// The same for another service.
  public static Parcel to(String service, Parcel parcel) {
    return new Parcel(
        parcel.queue(),
        service,
        parcel.message(),
        parcel.attempt(),
        parcel.shard(),
        parcel.epoch(),
        parcel.timeoutMs());
  }

  /// What will become of it; a second word about it fails the test that asked.
  public static CompletableFuture<Outcome> send(Courier courier, Parcel parcel) {
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    courier.deliver(
        parcel,
        outcome -> {
          if (!ended.complete(outcome)) {
            throw new IllegalStateException("told twice: " + outcome);
          }
        });
    return ended;
  }

  /// What becomes of it.
  public static Outcome carry(Courier courier, Parcel parcel) throws Exception {
    return send(courier, parcel).get(PATIENCE_S, TimeUnit.SECONDS);
  }
}
