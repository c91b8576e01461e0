package dev.ringmaster.console.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The endpoints of the queues over queues in plain lists.
final class QueueApi {
  static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  static final MessageId ID = MessageId.parse("0193a5f2-7c1e-7b60-9f3c-2a4d1e5b6c70");
  static final String LOCAL = "127.0.0.1";
  static final String REMOTE = "203.0.113.9";

  final FakeQueues queues = new FakeQueues().with(terms("mail", "web"));
  QueueEndpoints endpoints =
      endpoints(ControlAccess.loopback(), Consumers.CONTROL, CallbackRule.NONE);

  static QueueTerms terms(String name, @Nullable String service) {
    return new QueueTerms(
        name,
        service,
        "/send-mail",
        64,
        QueueTerms.Limits.DEFAULT,
        QueueTerms.Retry.DEFAULT,
        QueueTerms.Results.DEFAULT);
  }

  QueueEndpoints endpoints(ControlAccess access, Consumers consumers, CallbackRule callbacks) {
    TermsReading reading =
        (name, json, before) -> {
          if (json.contains("wrong")) {
            throw new IllegalArgumentException("the body:1: unknown key 'wrong'");
          }
          return terms(name, json.isEmpty() ? null : "web");
        };
    return new QueueEndpoints(
        queues, new QueueRules(access, consumers, callbacks), reading, InstantSource.fixed(NOW));
  }

  Answer ask(String request, String body, String... headers) {
    return askFrom(LOCAL, request, body, headers);
  }

  Answer askFrom(String client, String request, String body, String... headers) {
    String[] parts = request.split(" ", 2);
    String[] target = parts[1].split("\\?", 2);
    Map<String, String> fields = new HashMap<>(Map.of("host", "localhost:5000"));
    for (int i = 0; i < headers.length; i += 2) {
      fields.put(headers[i], headers[i + 1]);
    }
    return endpoints
        .answer(
            new Question(
                parts[0],
                target[0],
                target.length > 1 ? target[1] : "",
                fields,
                body,
                InetAddress.ofLiteral(client)))
        .toCompletableFuture()
        .join();
  }

  static JsonNode json(Answer answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  static String head(Draft draft) {
    return new String(draft.content().head(), ISO_8859_1);
  }
}
