package dev.ringmaster.queue.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueTerms.Dead;
import dev.ringmaster.queue.control.QueueTerms.Limits;
import dev.ringmaster.queue.control.QueueTerms.Results;
import dev.ringmaster.queue.control.QueueTerms.Retry;
import java.time.Duration;

/// A queue's terms as stores keep them.
///
/// ```
/// {"name":"orders","service":"web","path":"/","shards":64,
///  "limits":{"messages":10000000,"bytes":68719476736,"oldestMs":0,"messageBytes":1048576,
///            "inFlight":256,"subscriptions":64},
///  "retry":{"timeoutMs":60000,"firstMs":1000,"mostMs":600000,"attempts":10,"oldestMs":86400000,
///           "redirects":false,"dead":"CONTINUE"},
///  "results":{"keptMs":3600000,"bodyBytes":16384}}
/// ```
///
/// `service` is left out for none. What is missing has its default, and what is unknown is passed
/// over, so that a term can be added without another version of the store.
public final class TermsText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TermsText() {}

  /// As text.
  public static String write(QueueTerms terms) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", terms.name());
    if (terms.service() != null) {
      root.put("service", terms.service());
    }
    root.put("path", terms.path()).put("shards", terms.shards());
    Limits limits = terms.limits();
    root.putObject("limits")
        .put("messages", limits.messages())
        .put("bytes", limits.bytes())
        .put("oldestMs", limits.oldest().toMillis())
        .put("messageBytes", limits.messageBytes())
        .put("inFlight", limits.inFlight())
        .put("subscriptions", limits.subscriptions());
    Retry retry = terms.retry();
    root.putObject("retry")
        .put("timeoutMs", retry.timeout().toMillis())
        .put("firstMs", retry.first().toMillis())
        .put("mostMs", retry.most().toMillis())
        .put("attempts", retry.attempts())
        .put("oldestMs", retry.oldest().toMillis())
        .put("redirects", retry.redirects())
        .put("dead", retry.dead().name());
    root.putObject("results")
        .put("keptMs", terms.results().kept().toMillis())
        .put("bodyBytes", terms.results().bodyBytes());
    return root.toString();
  }

  /// From text.
  ///
  /// @throws IllegalArgumentException if it is none
  public static QueueTerms read(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode service = root.path("service");
      return new QueueTerms(
          root.path("name").asText(),
          service.isTextual() ? service.asText() : null,
          root.path("path").asText("/"),
          root.path("shards").asInt(),
          limits(root.path("limits")),
          retry(root.path("retry")),
          results(root.path("results")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a queue's terms: " + e.getOriginalMessage(), e);
    }
  }

  private static Limits limits(JsonNode from) {
    Limits otherwise = Limits.DEFAULT;
    return new Limits(
        from.path("messages").asLong(otherwise.messages()),
        from.path("bytes").asLong(otherwise.bytes()),
        duration(from.path("oldestMs"), otherwise.oldest()),
        from.path("messageBytes").asInt(otherwise.messageBytes()),
        from.path("inFlight").asInt(otherwise.inFlight()),
        from.path("subscriptions").asInt(otherwise.subscriptions()));
  }

  private static Retry retry(JsonNode from) {
    Retry otherwise = Retry.DEFAULT;
    return new Retry(
        duration(from.path("timeoutMs"), otherwise.timeout()),
        duration(from.path("firstMs"), otherwise.first()),
        duration(from.path("mostMs"), otherwise.most()),
        from.path("attempts").asInt(otherwise.attempts()),
        duration(from.path("oldestMs"), otherwise.oldest()),
        from.path("redirects").asBoolean(otherwise.redirects()),
        Dead.valueOf(from.path("dead").asText(otherwise.dead().name())));
  }

  private static Results results(JsonNode from) {
    Results otherwise = Results.DEFAULT;
    return new Results(
        duration(from.path("keptMs"), otherwise.kept()),
        from.path("bodyBytes").asInt(otherwise.bodyBytes()));
  }

  private static Duration duration(JsonNode from, Duration otherwise) {
    return Duration.ofMillis(from.asLong(otherwise.toMillis()));
  }
}
