package dev.ringmaster.console.queue.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.console.answer.Fields;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.console.answer.ObjectBody;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads messages from JSON lines, one a line:
///
/// ```
/// {"key":…,"shard":…,"notBefore":…,"id":…,"callback":…,"headers":{…},"body":… or "body64":…}
/// ```
///
/// All members may be absent; empty lines are passed over.
public final class BatchLines {
  /// What one commit takes.
  public static final int MOST = 1000;

  private static final Set<String> MEMBERS =
      Set.of("key", "shard", "notBefore", "id", "callback", "headers", "body", "body64");

  private final String target;
  private final String host;
  private final CallbackRule callbacks;
  private final long nowMs;

  /// @param target the request target the messages will be delivered to
  /// @param host the batch's; empty if it named none
  /// @param nowMs Unix milliseconds
  public BatchLines(String target, String host, CallbackRule callbacks, long nowMs) {
    this.target = target;
    this.host = host;
    this.callbacks = callbacks;
    this.nowMs = nowMs;
  }

  /// All messages, in the order of the lines.
  ///
  /// @throws IllegalArgumentException at the first line that is wrong; the message names it
  public List<Draft> read(byte[] body) throws CallbackRule.Forbidden {
    List<Draft> drafts = new ArrayList<>();
    int number = 0;
    int from = 0;
    while (from < body.length) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      number++;
      String line = text(number, ByteBuffer.wrap(body, from, to - from));
      if (!line.isBlank()) {
        drafts.add(draft(number, line));
      }
      if (drafts.size() > MOST) {
        throw new IllegalArgumentException("a batch has at most " + MOST + " lines");
      }
      from = to + 1;
    }
    if (drafts.isEmpty()) {
      throw new IllegalArgumentException("expected at least one line such as {\"body\":\"Hello\"}");
    }
    return drafts;
  }

  private static String text(int number, ByteBuffer line) {
    try {
      return UTF_8.newDecoder().decode(line).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("line " + number + ": expected UTF-8", e);
    }
  }

  private Draft draft(int number, String line) throws CallbackRule.Forbidden {
    try {
      return draft(object(line));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode object(String line) {
    JsonNode node;
    try {
      node = Json.read(line);
    } catch (JsonProcessingException e) {
      String at = e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
      throw new IllegalArgumentException("expected a JSON object, found no JSON" + at, e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("expected a JSON object, found another JSON value");
    }
    for (var member : node.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw new IllegalArgumentException(
            "unknown member "
                + ObjectBody.shown(member.getKey())
                + "; there are "
                + String.join(", ", MEMBERS.stream().sorted().toList()));
      }
    }
    return node;
  }

  private Draft draft(JsonNode object) throws CallbackRule.Forbidden {
    Fields fields = Fields.of(object);
    Optional<String> callback = fields.text("callback");
    if (callback.isPresent()) {
      callbacks.check(callback.get());
    }
    byte[] head = HeadLines.ofLine(target, host, headers(fields.raw("headers")));
    return new Draft(
        Drafts.key(fields.text("key").orElse("")),
        fields.whole("shard", 0, Drafts.MOST_SHARD).orElse(Draft.ANY_SHARD),
        new Content(head, body(fields)),
        fields.text("notBefore").map(at -> NotBefore.parse("notBefore", at, nowMs)).orElse(0L),
        Drafts.id("id", fields.text("id").orElse(null)),
        callback.orElse(null));
  }

  private static byte[] body(Fields fields) {
    Optional<String> text = fields.text("body");
    Optional<String> base64 = fields.text("body64");
    if (text.isPresent() && base64.isPresent()) {
      throw new IllegalArgumentException("expected body or body64, found both");
    }
    if (base64.isEmpty()) {
      return text.orElse("").getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(base64.get());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("body64: expected Base64 with its padding", e);
    }
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (node.isMissingNode() || node.isNull()) {
      return headers;
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "headers: expected an object such as {\"X-Name\":\"value\"}");
    }
    for (var header : node.properties()) {
      if (!header.getValue().isTextual()) {
        throw new IllegalArgumentException(
            "headers: expected a string for " + ObjectBody.shown(header.getKey()));
      }
      headers.put(header.getKey(), header.getValue().textValue());
    }
    return headers;
  }
}
