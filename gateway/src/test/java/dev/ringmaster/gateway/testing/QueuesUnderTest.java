package dev.ringmaster.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.own.QueueDoor;
import dev.ringmaster.queue.Queues;
import dev.ringmaster.queue.QueuesSettings;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.plain.PlainStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Real queues in memory, and a door to them that reads few headers.
public final class QueuesUnderTest implements QueueDoor, AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final long PATIENCE_S = 30;

  private final Queues queues;
  private volatile @Nullable Refusal refusal;

  public QueuesUnderTest() throws Exception {
    queues =
        Queues.open(
            new PlainStore(InstantSource.system()),
            QueuesSettings.alone(),
            Clocks.system(),
            new SecureRandom());
  }

  @Override
  public QueueControl queues() {
    return queues;
  }

  /// From now on every message is refused so; null for none.
  public void refuse(@Nullable Refusal kind) {
    refusal = kind;
  }

  @Override
  public Reply<Draft> draft(Map<String, String> said, byte[] key, Content content, long nowMs) {
    Refusal now = refusal;
    if (now != null) {
      return new Reply.Refused<>(now, "for this test", now == Refusal.INVALID ? -1 : 1_500);
    }
    String notBefore = said.get("queue-not-before");
    long notBeforeMs = notBefore == null ? 0 : nowMs + 1_000 * Long.parseLong(notBefore);
    String id = said.get("idempotency-key");
    return new Reply.Done<>(
        new Draft(key, Draft.ANY_SHARD, content, notBeforeMs, id, said.get("queue-callback")));
  }

  /// Delivers by the gateway from now on.
  public void deliverBy(GatewayUnderTest gateway) {
    queues.deliverBy(gateway.gateway().courier());
  }

  /// Makes a queue or changes its terms.
  public QueueView put(QueueTerms terms) throws Exception {
    return done(queues.put(terms).toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS));
  }

  /// Gives nothing out any more.
  public void pause(String queue) throws Exception {
    done(queues.pause(queue).toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS));
  }

  private static <T> T done(Reply<T> reply) {
    return switch (reply) {
      case Reply.Done<T>(T value) -> value;
      case Reply.Refused<T> refused -> throw new AssertionError(refused.toString());
    };
  }

  /// How many messages a queue holds.
  public long depth(String queue) {
    QueueView view = queues.queue(queue);
    return view == null
        ? 0
        : view.subscriptions().stream()
            .flatMap(subscription -> subscription.shards().stream())
            .mapToLong(QueueView.ShardView::depth)
            .sum();
  }

  /// The id in a 202.
  public static MessageId id(String answer) {
    Matcher found = ID.matcher(answer);
    if (!found.find()) {
      throw new AssertionError("no id in " + answer);
    }
    return MessageId.parse(found.group(1));
  }

  /// Waits until a message is done.
  ///
  /// @return the body of the answer
  public String done(String queue, MessageId id) throws Exception {
    AtomicReference<MessageStatus> last = new AtomicReference<>();
    await()
        .atMost(Duration.ofSeconds(PATIENCE_S))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          last.set(status(queue, id));
          return last.get().state() == State.DONE;
        });
    var answer = last.get().answer();
    return answer == null ? "" : new String(answer.body(), ISO_8859_1);
  }

  /// What is known of a message.
  public MessageStatus status(String queue, MessageId id) throws Exception {
    return done(queues.find(queue, id).toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    queues.close();
  }
}
