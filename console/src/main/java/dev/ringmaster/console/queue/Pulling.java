package dev.ringmaster.console.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.console.answer.Fields;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.console.answer.Query;
import dev.ringmaster.console.queue.show.MessagesShown;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// What consumers ask for: leases, their ends, and streams of them.
final class Pulling {
  private static final int MOST_MESSAGES = 1000;
  private static final int MOST_RECEIPTS = 10_000;
  private static final Duration MOST_WAIT = Duration.ofSeconds(60);
  private static final Duration LEAST_VISIBILITY = Duration.ofSeconds(1);
  private static final Duration MOST_VISIBILITY = Duration.ofHours(12);
  private static final Duration USUAL_VISIBILITY = Duration.ofSeconds(60);
  private static final Duration MOST_DELAY = Duration.ofDays(30);
  private static final String LEASE = "{\"max\":10,\"wait\":\"20s\",\"visibility\":\"60s\"}";
  private static final String RECEIPTS = "{\"receipts\":[\"17.4711.3.1\"]}";
  private static final String EXTEND = "{\"receipts\":[\"17.4711.3.1\"],\"visibility\":\"60s\"}";
  private static final String RELEASE = "{\"receipts\":[\"17.4711.3.1\"],\"delay\":\"5s\"}";
  private static final int USUAL_STREAM = 16;

  private final QueueControl queues;
  private final InstantSource clock;
  private final EventStreams streams = new EventStreams();

  Pulling(QueueControl queues, InstantSource clock) {
    this.queues = queues;
    this.clock = clock;
  }

  /// 200 with messages, or 204.
  CompletionStage<Answer> lease(String queue, String subscription, Question question) {
    Fields asked = Fields.orNone(question.body(), LEASE, Set.of("max", "wait", "visibility"));
    LeaseRequest request =
        new LeaseRequest(
            queue,
            subscription,
            asked.whole("max", 1, MOST_MESSAGES).orElse(1),
            asked.time("wait", Duration.ZERO, Duration.ZERO, MOST_WAIT).toMillis(),
            visibilityMs(asked));
    return Answered.by(queues.lease(request), Pulling::leased);
  }

  private static long visibilityMs(Fields asked) {
    return asked.time("visibility", USUAL_VISIBILITY, LEAST_VISIBILITY, MOST_VISIBILITY).toMillis();
  }

  private static Answer leased(List<Leased> messages) {
    return messages.isEmpty()
        ? new Answer(204, Map.of(), "")
        : Answered.json(200, MessagesShown.leased(messages));
  }

  CompletionStage<Answer> acknowledge(String queue, String subscription, Question question) {
    List<Receipt> receipts = receipts(Fields.of(question.body(), RECEIPTS, Set.of("receipts")));
    return ended(queue, subscription, receipts, queues.acknowledge(queue, subscription, receipts));
  }

  CompletionStage<Answer> extend(String queue, String subscription, Question question) {
    Fields asked = Fields.of(question.body(), EXTEND, Set.of("receipts", "visibility"));
    List<Receipt> receipts = receipts(asked);
    long untilMs = clock.millis() + visibilityMs(asked);
    streams.extended(queue, subscription, receipts, untilMs);
    return Answered.by(
        queues.extend(queue, subscription, receipts, visibilityMs(asked)),
        late -> counted(receipts, late));
  }

  CompletionStage<Answer> release(String queue, String subscription, Question question) {
    Fields asked = Fields.of(question.body(), RELEASE, Set.of("receipts", "delay"));
    List<Receipt> receipts = receipts(asked);
    long delayMs = asked.time("delay", Duration.ZERO, Duration.ZERO, MOST_DELAY).toMillis();
    return ended(
        queue, subscription, receipts, queues.release(queue, subscription, receipts, delayMs));
  }

  private CompletionStage<Answer> ended(
      String queue,
      String subscription,
      List<Receipt> receipts,
      CompletionStage<Reply<List<Receipt>>> reply) {
    return Answered.by(
        reply,
        late -> {
          streams.ended(queue, subscription, receipts);
          return counted(receipts, late);
        });
  }

  private static List<Receipt> receipts(Fields asked) {
    List<String> texts = asked.texts("receipts", MOST_RECEIPTS);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("receipts: expected at least one, as in " + RECEIPTS);
    }
    return texts.stream().map(Receipt::parse).toList();
  }

  /// 200, or 409 with those that were late.
  private static Answer counted(List<Receipt> receipts, List<Receipt> late) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("count", receipts.size() - late.size());
    if (late.isEmpty()) {
      return Answered.json(200, node);
    }
    node.put("message", "<Error> " + late.size() + " of " + receipts.size() + " receipts are late")
        .put("status", "failure");
    node.set("late", MessagesShown.receipts(late));
    return Answered.json(409, node);
  }

  /// A stream of leased messages as server-sent events (WHATWG HTML, 9.2).
  CompletionStage<Answer> events(String queue, String subscription, Question question) {
    Query query = Query.of(question.query(), Set.of("max", "visibility"));
    int most = most(query.last("max", Integer.toString(USUAL_STREAM)));
    Duration visibility =
        Fields.time(
            "visibility",
            query.last("visibility", USUAL_VISIBILITY.toSeconds() + "s"),
            LEAST_VISIBILITY,
            MOST_VISIBILITY);
    LeaseRequest first = new LeaseRequest(queue, subscription, most, 0, visibility.toMillis());
    return queues
        .lease(first)
        .thenApply(reply -> Answered.by(reply, messages -> stream(first, messages)));
  }

  private Answer stream(LeaseRequest request, List<Leased> first) {
    EventStream stream = new EventStream(queues, request, clock, streams);
    return new Answer(
        200,
        Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-store"),
        stream.beginningWith(first));
  }

  private static int most(String text) {
    try {
      int most = Integer.parseInt(text);
      if (most >= 1 && most <= MOST_MESSAGES) {
        return most;
      }
    } catch (NumberFormatException e) {
      // Told below like any other that is out of range.
    }
    throw new IllegalArgumentException("max: expected a whole number from 1 to " + MOST_MESSAGES);
  }

  /// One event: its id is the receipt, its data the message.
  ///
  /// ```
  /// event: message LF id: receipt LF data: JSON on one line LF LF
  /// ```
  static String event(Leased leased) {
    return "event: message\nid: "
        + leased.receipt()
        + "\ndata: "
        + Json.write(MessagesShown.leased(leased))
        + "\n\n";
  }
}
