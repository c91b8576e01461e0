package dev.ringmaster.console.queue.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a message from a request whose body it is.
public final class Drafts {
  static final int MOST_KEY_BYTES = 1024;
  static final int MOST_SHARD = 4095;
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  private Drafts() {}

  /// The message.
  ///
  /// @param target the request target it will be delivered to
  /// @param dropped a header that is not delivered; empty for none
  /// @param nowMs Unix milliseconds
  /// @throws IllegalArgumentException if a header is wrong; the message says what was expected
  public static Draft of(
      Question question, String target, String dropped, CallbackRule callbacks, long nowMs)
      throws CallbackRule.Forbidden {
    Map<String, String> headers = question.headers();
    String notBefore = headers.get("queue-not-before");
    String callback = headers.get("queue-callback");
    if (callback != null) {
      callbacks.check(callback);
    }
    return new Draft(
        key("Queue-Key", headers.getOrDefault("queue-key", "").getBytes(ISO_8859_1)),
        shard(headers.get("queue-shard")),
        new Content(HeadLines.ofRequest(target, headers, dropped), question.content()),
        notBefore == null ? 0 : NotBefore.parse("Queue-Not-Before", notBefore, nowMs),
        id("Idempotency-Key", headers.get("idempotency-key")),
        callback);
  }

  /// The message that a request becomes which shall wait; its key was found by its service's rule.
  ///
  /// @param said header values by lower-case name
  /// @param nowMs Unix milliseconds
  /// @throws IllegalArgumentException if a header is wrong; the message says what was expected
  public static Draft ofWaiting(
      Map<String, String> said, byte[] key, Content content, CallbackRule callbacks, long nowMs)
      throws CallbackRule.Forbidden {
    String notBefore = said.get("queue-not-before");
    String callback = said.get("queue-callback");
    if (callback != null) {
      callbacks.check(callback);
    }
    return new Draft(
        key,
        Draft.ANY_SHARD,
        content,
        notBefore == null ? 0 : NotBefore.parse("Queue-Not-Before", notBefore, nowMs),
        id("Idempotency-Key", said.get("idempotency-key")),
        callback);
  }

  /// Header values are bytes: what came as UTF-8 is the same key in a JSON line.
  static byte[] key(String name, byte[] key) {
    if (key.length > MOST_KEY_BYTES) {
      throw new IllegalArgumentException(
          name + ": expected at most " + MOST_KEY_BYTES + " bytes, found " + key.length);
    }
    return key;
  }

  static byte[] key(String text) {
    return key("key", text.getBytes(UTF_8));
  }

  private static int shard(@Nullable String text) {
    if (text == null) {
      return Draft.ANY_SHARD;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MOST_SHARD) {
      throw new IllegalArgumentException(
          "Queue-Shard: expected a whole number from 0 to " + MOST_SHARD);
    }
    return Integer.parseInt(text);
  }

  static @Nullable String id(String name, @Nullable String id) {
    if (id != null && !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          name + ": expected 1 to 255 visible ASCII characters without spaces");
    }
    return id;
  }
}
