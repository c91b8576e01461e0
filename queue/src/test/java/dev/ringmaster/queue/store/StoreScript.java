package dev.ringmaster.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueTerms.Limits;
import dev.ringmaster.queue.control.QueueTerms.Results;
import dev.ringmaster.queue.control.QueueTerms.Retry;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The words in which tests of stores are written. Begins with a queue `jobs` of four shards, its
/// subscription `main`, and all shards in one hand.
public final class StoreScript {
  public static final long NOW_MS = 1_800_000_000_000L;
  public static final String OWNER = "one";
  public static final long LEASE_MS = 5_000;
  private static final int SHARDS = 4;

  public final QueueStore store;
  public final int queue;
  public final int main;
  private final Map<Integer, Long> epochs = new HashMap<>();
  private long lastId;

  public StoreScript(QueueStore store) throws StoreFault {
    this.store = store;
    queue = number(new Order.PutQueue(terms("jobs")));
    main = number(new Order.PutSubscription(queue, "main"));
    for (int shard = 0; shard < SHARDS; shard++) {
      epochs.put(shard, store.acquire(queue, shard, OWNER, LEASE_MS));
    }
  }

  public static QueueTerms terms(String name) {
    return new QueueTerms(name, "web", "/", SHARDS, Limits.DEFAULT, Retry.DEFAULT, Results.DEFAULT);
  }

  /// Carries out one order.
  public Effect does(Order order) throws StoreFault {
    List<Effect> effects = store.commit(List.of(order));
    assertThat(effects).hasSize(1);
    return effects.getFirst();
  }

  public int number(Order order) throws StoreFault {
    return ((Effect.Numbered) does(order)).number();
  }

  /// A message whose key and body are this text.
  public static Draft draft(String text) {
    return draft(text, 0, null);
  }

  public static Draft draft(String text, long notBeforeMs, @Nullable String deduplicationId) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] head = "POST / HTTP/1.1\r\nHost: jobs\r\n".getBytes(StandardCharsets.US_ASCII);
    return new Draft(
        bytes, Draft.ANY_SHARD, new Content(head, bytes), notBeforeMs, deduplicationId, null);
  }

  public MessageId nextId() {
    long id = ++lastId;
    return new MessageId((NOW_MS << 16) | 0x7000L, Long.MIN_VALUE | id);
  }

  /// An append to main, of the lane of its key.
  public Order.Append append(Draft draft) {
    return append(draft, List.of(main));
  }

  public Order.Append append(Draft draft, List<Integer> subscriptions) {
    long lane = Slots.lane("jobs", draft.key());
    return new Order.Append(
        queue, subscriptions, nextId(), lane, Slots.slot(lane), NOW_MS, draft, 1_000);
  }

  /// Appends a message to main.
  public Placed place(String text) throws StoreFault {
    return place(append(draft(text)));
  }

  public Placed place(Order.Append order) throws StoreFault {
    Effect.Appended at = (Effect.Appended) does(order);
    return new Placed(order.id(), new LogId(main, at.shard()), at.seq(), order);
  }

  /// The epoch of a shard.
  public long epoch(int shard) {
    return epochs.getOrDefault(shard, 0L);
  }

  public Order.Finish finish(Placed at) {
    return new Order.Finish(at.log, epoch(at.log.shard()), at.seq, null);
  }

  public Order.Finish finish(Placed at, Order.Result result) {
    return new Order.Finish(at.log, epoch(at.log.shard()), at.seq, result);
  }

  public Order.Postpone postpone(Placed at, int attempts, long notBeforeMs) {
    return new Order.Postpone(at.log, epoch(at.log.shard()), at.seq, attempts, notBeforeMs);
  }

  public Order.Bury bury(Placed at, String reason, Order.@Nullable Result result) {
    return new Order.Bury(at.log, epoch(at.log.shard()), at.seq, 10, NOW_MS + 7, reason, result);
  }

  public Order.Redrive redrive(Placed at) {
    return new Order.Redrive(at.log, epoch(at.log.shard()), at.seq, NOW_MS + 99);
  }

  public Order.Purge purge(Placed at) {
    return new Order.Purge(at.log, epoch(at.log.shard()), at.seq);
  }

  public static Order.Result result(int status, String body, long untilMs) {
    return new Order.Result(3, untilMs, answer(status, body));
  }

  public static Answer answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head = "Content-Type: text/plain\r\n".getBytes(StandardCharsets.US_ASCII);
    return new Answer(status, head, bytes, bytes.length);
  }

  /// All entries of a subscription's logs, by seq.
  public List<Entry> entries(int subscription) throws StoreFault {
    List<Entry> all = new ArrayList<>();
    for (int shard : slots().shards()) {
      all.addAll(store.read(new LogId(subscription, shard), 0, lane -> true, 1_000_000));
    }
    all.sort((one, other) -> Long.compare(one.seq(), other.seq()));
    return all;
  }

  public SlotTable slots() throws StoreFault {
    return store.queues().stream()
        .filter(stored -> stored.number() == queue)
        .findFirst()
        .orElseThrow()
        .slots();
  }

  /// The bodies of a log's messages, in their order.
  public List<String> bodies(LogId log) throws StoreFault {
    List<Long> seqs = store.read(log, 0, lane -> true, 1_000_000).stream().map(Entry::seq).toList();
    return store.messages(log, seqs).stream().map(StoreScript::body).toList();
  }

  public static String body(Message message) {
    return new String(message.content().body(), StandardCharsets.UTF_8);
  }

  public @Nullable MessageStatus find(MessageId id) throws StoreFault {
    return store.find(queue, main, id);
  }

  public MessageStatus known(MessageId id) throws StoreFault {
    return Objects.requireNonNull(find(id), "the message is known");
  }

  public MessageStatus.@Nullable State state(MessageId id) throws StoreFault {
    MessageStatus found = find(id);
    return found == null ? null : found.state();
  }

  /// Where a message of main lies.
  public record Placed(MessageId id, LogId log, long seq, Order.Append order) {
    public Placed at(LogId log, long seq) {
      return new Placed(id, log, seq, order);
    }
  }
}
