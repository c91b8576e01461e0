package dev.ringmaster.console.queue.show;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Messages, and what became of them, in JSON.
public final class MessagesShown {
  private MessagesShown() {}

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// `{"id":…,"shard":…,"repeated":…}`.
  public static ObjectNode accepted(Accepted accepted) {
    return object()
        .put("id", accepted.id().toString())
        .put("shard", accepted.shard())
        .put("repeated", accepted.repeated());
  }

  /// `{"accepted":[…]}`.
  public static ObjectNode accepted(List<Accepted> all) {
    ObjectNode node = object();
    ArrayNode list = node.putArray("accepted");
    all.forEach(one -> list.add(accepted(one)));
    return node;
  }

  /// What became of a message.
  public static ObjectNode status(MessageStatus status) {
    ObjectNode node =
        object()
            .put("id", status.id().toString())
            .put("state", status.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("shard", status.shard())
            .put("attempts", status.attempts())
            .put("accepted", moment(status.acceptedMs()));
    if (status.nextMs() > 0) {
      node.put("next", moment(status.nextMs()));
    }
    if (status.reason() != null) {
      node.put("reason", status.reason());
    }
    answer(node, status.answer());
    return node;
  }

  private static void answer(ObjectNode node, @Nullable Answer answer) {
    if (answer == null) {
      return;
    }
    ObjectNode shown = node.putObject("answer").put("status", answer.status());
    HeadShown.headers(shown, new String(answer.head(), ISO_8859_1));
    Bytes.put(shown, "body", answer.body());
    shown.put("bytes", answer.bodyBytes());
  }

  /// `{"messages":[…]}`.
  public static ObjectNode leased(List<Leased> all) {
    ObjectNode node = object();
    ArrayNode list = node.putArray("messages");
    all.forEach(one -> list.add(leased(one)));
    return node;
  }

  /// A message that a consumer holds.
  public static ObjectNode leased(Leased leased) {
    ObjectNode node =
        object()
            .put("id", leased.message().id().toString())
            .put("receipt", leased.receipt().toString())
            .put("attempt", leased.attempt())
            .put("shard", leased.receipt().shard())
            .put("seq", leased.message().seq());
    message(node, leased.message());
    node.put("until", moment(leased.untilMs()));
    content(node, leased.message());
    return node;
  }

  private static void message(ObjectNode node, Message message) {
    if (message.key().length > 0) {
      Bytes.put(node, "key", message.key());
    }
    node.put("accepted", moment(message.acceptedMs()));
  }

  private static void content(ObjectNode node, Message message) {
    HeadShown.request(node, message.content().head());
    Bytes.put(node, "body", message.content().body());
  }

  /// `{"dead":[…]}`, with `next` if there may be more.
  ///
  /// @param most that were asked for
  public static ObjectNode dead(List<DeadMessage> all, int most) {
    ObjectNode node = object();
    ArrayNode list = node.putArray("dead");
    all.forEach(one -> list.add(dead(one)));
    if (all.size() == most) {
      node.put("next", all.getLast().message().id().toString());
    }
    return node;
  }

  private static ObjectNode dead(DeadMessage dead) {
    ObjectNode node =
        object()
            .put("id", dead.message().id().toString())
            .put("shard", dead.shard())
            .put("attempts", dead.attempts())
            .put("died", moment(dead.diedMs()))
            .put("reason", dead.reason());
    message(node, dead.message());
    content(node, dead.message());
    answer(node, dead.answer());
    return node;
  }

  /// Receipts as they are written.
  public static ArrayNode receipts(List<Receipt> receipts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    receipts.forEach(receipt -> list.add(receipt.toString()));
    return list;
  }

  private static String moment(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }
}
