package dev.ringmaster.console.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.gateway.own.AnswerBody;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Messages leased for one consumer, one after another, as server-sent events. At most so many as
/// it asked for are out at a time: a message counts until its receipt has come back here, or its
/// lease has passed.
final class EventStream implements AnswerBody.Pieces {
  /// A comment is sent after so long without a message, so that a consumer that is gone is found.
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /// How often is looked whether there is room again.
  private static final long LOOK_MS = 50;

  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);
  private static final byte[] END = new byte[0];

  private final QueueControl queues;
  private final LeaseRequest request;
  private final InstantSource clock;
  private final EventStreams streams;
  private final Map<Receipt, Long> out = new ConcurrentHashMap<>();
  private List<Leased> first = List.of();
  private volatile Phase phase = Phase.BEGINNING;

  private enum Phase {
    BEGINNING,
    RUNNING,
    OVER
  }

  EventStream(
      QueueControl queues, LeaseRequest request, InstantSource clock, EventStreams streams) {
    this.queues = queues;
    this.request = request;
    this.clock = clock;
    this.streams = streams;
  }

  /// The same stream, whose first messages are these.
  EventStream beginningWith(List<Leased> messages) {
    first = messages;
    streams.add(this);
    return this;
  }

  boolean isOf(String queue, String subscription) {
    return request.queue().equals(queue) && request.subscription().equals(subscription);
  }

  void ended(List<Receipt> receipts) {
    receipts.forEach(out::remove);
  }

  void extended(List<Receipt> receipts, long untilMs) {
    receipts.forEach(receipt -> out.computeIfPresent(receipt, (_, _) -> untilMs));
  }

  @Override
  public CompletionStage<byte[]> next() {
    if (phase == Phase.BEGINNING) {
      phase = Phase.RUNNING;
      return CompletableFuture.completedFuture(first.isEmpty() ? COMMENT : piece(first));
    }
    return next(clock.millis() + SILENCE.toMillis());
  }

  private CompletionStage<byte[]> next(long quietUntilMs) {
    long nowMs = clock.millis();
    if (phase == Phase.OVER) {
      return CompletableFuture.completedFuture(END);
    }
    out.values().removeIf(untilMs -> untilMs <= nowMs);
    int room = request.most() - out.size();
    if (nowMs >= quietUntilMs) {
      return CompletableFuture.completedFuture(COMMENT);
    }
    return room > 0 ? leased(room, quietUntilMs) : later(quietUntilMs);
  }

  private CompletionStage<byte[]> leased(int room, long quietUntilMs) {
    LeaseRequest more =
        new LeaseRequest(
            request.queue(),
            request.subscription(),
            room,
            Math.max(1, quietUntilMs - clock.millis()),
            request.visibilityMs());
    return queues.lease(more).thenApply(this::piece);
  }

  private byte[] piece(Reply<List<Leased>> reply) {
    return switch (reply) {
      case Reply.Done<List<Leased>>(List<Leased> messages) ->
          messages.isEmpty() ? COMMENT : piece(messages);
      case Reply.Refused<List<Leased>> _ -> END;
    };
  }

  private byte[] piece(List<Leased> messages) {
    StringBuilder text = new StringBuilder();
    for (Leased message : messages) {
      out.put(message.receipt(), message.untilMs());
      text.append(Pulling.event(message));
    }
    return text.toString().getBytes(UTF_8);
  }

  private CompletionStage<byte[]> later(long quietUntilMs) {
    Executor later = CompletableFuture.delayedExecutor(LOOK_MS, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> next(quietUntilMs), later)
        .thenCompose(stage -> stage);
  }

  @Override
  public void close() {
    phase = Phase.OVER;
    streams.remove(this);
  }
}
