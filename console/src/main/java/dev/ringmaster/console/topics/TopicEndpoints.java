package dev.ringmaster.console.topics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.Verdict;
import dev.ringmaster.console.answer.Fields;
import dev.ringmaster.console.answer.Query;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The classic pub/sub names, by docs/classic-queue.md. A topic is a queue without a service, a
/// consumer one of its subscriptions.
public final class TopicEndpoints implements OwnEndpoints {
  private static final Logger log = LoggerFactory.getLogger(TopicEndpoints.class);
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,100}");
  private static final int USUAL_PARTITIONS = 4;
  private static final int MOST_PARTITIONS = 64;
  private static final int MOST_CONSUMERS = 1024;
  private static final int MOST_ATTEMPTS = 1_000_000;

  /// The counters that are shown are at most so old; after so long they have what was produced
  /// before the question.
  private static final long FRESH_MS = 250;

  private static final String CONSUMER = "consumer-";
  private static final byte[] HEAD =
      "POST / HTTP/1.1\r\ncontent-type: text/plain; charset=utf-8\r\n".getBytes(US_ASCII);

  private final QueueControl queues;
  private final ControlAccess control;
  private final ControlAccess consumers;
  private final RandomGenerator random;
  private final Consuming consuming;
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
  private final Map<String, Way> ways =
      Map.of(
          "/topics", new Way(Map.of("GET", _ -> topics(), "POST", this::create)),
          "/producer/register", new Way(Map.of("POST", this::registerProducer)),
          "/consumer/register", new Way(Map.of("POST", this::registerConsumer)),
          "/producer/produce", new Way(Map.of("POST", this::produce)),
          "/consumer/consume", new Way(Map.of("GET", this::consume)),
          "/size", new Way(Map.of("GET", this::size)));

  private record Way(Map<String, Function<Question, CompletionStage<Answer>>> methods) {}

  /// A question that is answered with this failure.
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Refused(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }
  }

  /// @param control who may make topics and register
  /// @param consumers who may consume
  /// @param random for ids
  public TopicEndpoints(
      QueueControl queues, ControlAccess control, ControlAccess consumers, RandomGenerator random) {
    this.queues = queues;
    this.control = control;
    this.consumers = consumers;
    this.random = random;
    this.consuming = new Consuming(queues);
  }

  @Override
  public Set<String> paths() {
    return ways.keySet();
  }

  @Override
  public CompletionStage<Answer> answer(Question question) {
    Way way = ways.get(question.path());
    if (way == null) {
      return Said.now(Said.failure(404, "There is no such endpoint"));
    }
    var handler = way.methods.get(question.method());
    if (handler == null) {
      return Said.now(Said.failure(405, "Method not allowed"));
    }
    try {
      return handler
          .apply(question)
          .exceptionally(failure -> {
            log.error("{} {} failed", question.method(), question.path(), failure);
            return Said.failure(500, "Ringmaster failed at this; the log says why");
          });
    } catch (Refused e) {
      return Said.now(Said.failure(e.status, String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      return Said.now(Said.failure(400, String.valueOf(e.getMessage())));
    }
  }

  private CompletionStage<Answer> topics() {
    ObjectNode said = Said.success();
    ArrayNode names = said.putArray("topics");
    queues.queues().stream()
        .filter(queue -> queue.terms().service() == null)
        .forEach(queue -> names.add(queue.terms().name()));
    return Said.now(Said.answer(said));
  }

  private CompletionStage<Answer> create(Question question) {
    allow(control, question);
    Fields asked = Fields.of(question.body(), "{\"name\":\"news\"}", Set.of("name", "partitions"));
    String name = asked.text("name").orElse("");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: expected 1 to 100 letters, digits, '-', '_' and '.'");
    }
    if (queues.queue(name) != null) {
      throw new Refused(409, "Topic '" + name + "' exists already");
    }
    int partitions = asked.whole("partitions", 1, MOST_PARTITIONS).orElse(USUAL_PARTITIONS);
    return queues
        .put(terms(name, partitions))
        .thenCompose(reply ->
            switch (reply) {
              case Reply.Done<QueueView> _ -> queues.unsubscribe(name, QueueTerms.MAIN);
              case Reply.Refused<QueueView> _ -> Said.kept(reply);
            })
        .thenApply(reply ->
            Said.by(
                reply,
                _ -> Said.answer(Said.success().put("message", "Topic '" + name + "' created"))));
  }

  /// A message is given back whenever another partition's was accepted before it, so attempts say
  /// nothing.
  private static QueueTerms terms(String name, int partitions) {
    QueueTerms.Limits limits = QueueTerms.Limits.DEFAULT;
    QueueTerms.Retry retry = QueueTerms.Retry.DEFAULT;
    return new QueueTerms(
        name,
        null,
        "/",
        partitions,
        new QueueTerms.Limits(
            limits.messages(),
            limits.bytes(),
            limits.oldest(),
            limits.messageBytes(),
            limits.inFlight(),
            MOST_CONSUMERS),
        new QueueTerms.Retry(
            retry.timeout(),
            retry.first(),
            retry.most(),
            MOST_ATTEMPTS,
            Duration.ofDays(365),
            false,
            QueueTerms.Dead.CONTINUE),
        QueueTerms.Results.DEFAULT);
  }

  private CompletionStage<Answer> registerProducer(Question question) {
    allow(control, question);
    Fields asked = Fields.of(question.body(), "{\"topic\":\"news\"}", Set.of("topic", "partition"));
    QueueView topic = topic(asked.text("topic").orElse(""));
    int partitions = topic.terms().shards();
    int partition = asked.whole("partition", 0, partitions - 1).orElse(ProducerId.NONE);
    long id = ProducerId.of(topic.terms().name(), partition, random).number();
    return Said.now(Said.answer(Said.success().put("producer_id", id)));
  }

  private CompletionStage<Answer> registerConsumer(Question question) {
    allow(control, question);
    Fields asked = Fields.of(question.body(), "{\"topic\":\"news\"}", Set.of("topic"));
    QueueView topic = topic(asked.text("topic").orElse(""));
    long id = random.nextLong(1, 1L << 53);
    return queues
        .subscribe(topic.terms().name(), CONSUMER + id)
        .thenApply(
            reply -> Said.by(reply, _ -> Said.answer(Said.success().put("consumer_id", id))));
  }

  private CompletionStage<Answer> produce(Question question) {
    Fields asked =
        Fields.of(
            question.body(),
            "{\"topic\":\"news\",\"producer_id\":1,\"message\":\"Hello\"}",
            Set.of("topic", "producer_id", "message"));
    QueueView topic = topic(asked.text("topic").orElse(""));
    String name = topic.terms().name();
    ProducerId producer = new ProducerId(id("producer_id", asked.raw("producer_id")));
    Partitions partitions = new Partitions(name, topic.terms().shards());
    if (!producer.isOf(name) || producer.partition() >= partitions.count()) {
      throw new Refused(404, "Producer is not registered with topic '" + name + "'");
    }
    String message =
        asked
            .text("message")
            .orElseThrow(() -> new IllegalArgumentException("message: expected a string"));
    int partition =
        producer.partition() == ProducerId.NONE
            ? Math.floorMod(turn(name).getAndIncrement(), partitions.count())
            : producer.partition();
    Draft draft =
        new Draft(
            partitions.key(partition),
            Draft.ANY_SHARD,
            new Content(HEAD, message.getBytes(UTF_8)),
            0,
            null,
            null);
    return queues
        .send(name, draft)
        .thenApply(reply -> Said.by(reply, _ -> Said.answer(Said.success())));
  }

  private AtomicInteger turn(String topic) {
    return turns.computeIfAbsent(topic, _ -> new AtomicInteger());
  }

  private CompletionStage<Answer> consume(Question question) {
    allow(consumers, question);
    Query query = Query.of(question.query(), Set.of("topic", "consumer_id"));
    QueueView topic = topic(query.last("topic", ""));
    String consumer = consumer(topic, query).name();
    return consuming.next(topic.terms().name(), consumer, topic.terms().shards());
  }

  private CompletionStage<Answer> size(Question question) {
    Query query = Query.of(question.query(), Set.of("topic", "consumer_id"));
    consumer(topic(query.last("topic", "")), query);
    return CompletableFuture.supplyAsync(
        () -> counted(query), CompletableFuture.delayedExecutor(FRESH_MS, TimeUnit.MILLISECONDS));
  }

  private Answer counted(Query query) {
    try {
      long depth = 0;
      for (ShardView shard : consumer(topic(query.last("topic", "")), query).shards()) {
        depth += shard.depth();
      }
      return Said.answer(Said.success().put("size", depth));
    } catch (Refused e) {
      return Said.failure(e.status, String.valueOf(e.getMessage()));
    }
  }

  private QueueView topic(String name) {
    @Nullable QueueView queue = queues.queue(name);
    if (queue == null || queue.terms().service() != null) {
      throw new Refused(404, "Topic '" + cut(name) + "' does not exist");
    }
    return queue;
  }

  private static SubscriptionView consumer(QueueView topic, Query query) {
    String wanted = CONSUMER + query.last("consumer_id", "");
    for (SubscriptionView subscription : topic.subscriptions()) {
      if (subscription.name().equals(wanted)) {
        return subscription;
      }
    }
    throw new Refused(404, "Consumer is not registered with topic '" + topic.terms().name() + "'");
  }

  /// A number, or one in a string.
  private static long id(String name, JsonNode node) {
    String text = node.asText("");
    if (text.matches("[0-9]{1,16}")) {
      return Long.parseLong(text);
    }
    throw new IllegalArgumentException(name + ": expected the number that registering gave");
  }

  private static void allow(ControlAccess access, Question question) {
    switch (access.judge(question)) {
      case Verdict.Allowed() -> {}
      case Verdict.TokenNeeded() -> throw new Refused(401, "A bearer token is needed for this");
      case Verdict.Forbidden(String reason) -> throw new Refused(403, reason);
    }
  }

  private static String cut(String text) {
    return text.length() > 63 ? text.substring(0, 63) + "…" : text;
  }
}
