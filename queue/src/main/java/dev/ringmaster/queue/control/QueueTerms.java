package dev.ringmaster.queue.control;

import dev.ringmaster.queue.message.SlotTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a queue is like; may be changed while it runs, all but its name and its shards at start.
///
/// @param name letters, digits, `-`, `_`, `.`; 1 to 100 of them
/// @param service whose replicas handle its messages (push); null if consumers come for them (pull)
/// @param path the request target of messages that were handed in as mere content
/// @param shards at start, 1 to 4096
/// @param limits what it may hold
/// @param retry when a message is tried again
/// @param results what is kept of answers
public record QueueTerms(
    String name,
    @Nullable String service,
    String path,
    int shards,
    Limits limits,
    Retry retry,
    Results results) {

  /// The subscription whose messages go to the service's replicas, or, of a queue without a
  /// service, to whoever names none.
  public static final String MAIN = "main";

  /// The terms of the queue of a service, which has its name, unless somebody set others.
  public static QueueTerms ofService(String service) {
    return new QueueTerms(
        service,
        service,
        "/",
        SlotTable.DEFAULT_SHARDS,
        Limits.DEFAULT,
        Retry.DEFAULT,
        Results.DEFAULT);
  }

  /// The same terms with so many shards at start.
  public QueueTerms withShards(int count) {
    return new QueueTerms(name, service, path, count, limits, retry, results);
  }

  /// What a queue may hold. Beyond it producers are refused; nothing is dropped.
  ///
  /// @param messages at a time
  /// @param bytes at a time, heads and bodies
  /// @param oldest age of the oldest message that is not delayed; zero for no limit
  /// @param messageBytes of one message, head and body
  /// @param inFlight attempts under way at a time
  /// @param subscriptions at most
  public record Limits(
      long messages,
      long bytes,
      Duration oldest,
      int messageBytes,
      int inFlight,
      int subscriptions) {
    public static final Limits DEFAULT =
        new Limits(10_000_000, 64L << 30, Duration.ZERO, 1 << 20, 256, 64);
  }

  /// When a message is tried again: full jitter over a back-off that doubles.
  ///
  /// @param timeout of one attempt
  /// @param first the first back-off
  /// @param most the longest
  /// @param attempts after so many the message is dead
  /// @param oldest a message that is older at a failure is dead
  /// @param redirects whether 3xx is success
  /// @param dead what happens to the key of a dead message
  public record Retry(
      Duration timeout,
      Duration first,
      Duration most,
      int attempts,
      Duration oldest,
      boolean redirects,
      Dead dead) {
    public static final Retry DEFAULT =
        new Retry(
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            10,
            Duration.ofHours(24),
            false,
            Dead.CONTINUE);
  }

  /// What happens to the key of a dead message.
  public enum Dead {
    /// Its next message is delivered.
    CONTINUE,
    /// Its messages wait until the dead one is redriven or purged.
    BLOCK_KEY
  }

  /// What is kept of answers.
  ///
  /// @param kept for how long
  /// @param bodyBytes of the answer's body, at most
  public record Results(Duration kept, int bodyBytes) {
    public static final Results DEFAULT = new Results(Duration.ofHours(1), 16 << 10);
  }
}
