package dev.ringmaster.queue.bench;

import dev.ringmaster.queue.commit.CommitThread;
import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.commit.Committer;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.sqlite.SqliteStore;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Producers before a store with its writer, nothing else.
///
/// ```
/// StoreLoad sqlite FOLDER PRODUCERS WARM-UP-SECONDS SECONDS
/// ```
final class StoreLoad {
  private static final byte[] HEAD =
      "POST /queues/bench HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Committer committer;
  private final int queue;
  private final List<Integer> subscriptions;
  private final AtomicLong ids = new AtomicLong();

  private StoreLoad(Committer committer) {
    this.committer = committer;
    queue =
        number(
            new Order.PutQueue(
                new QueueTerms(
                    "bench",
                    null,
                    "/",
                    SlotTable.DEFAULT_SHARDS,
                    QueueTerms.Limits.DEFAULT,
                    QueueTerms.Retry.DEFAULT,
                    QueueTerms.Results.DEFAULT)));
    subscriptions = List.of(number(new Order.PutSubscription(queue, QueueTerms.MAIN)));
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    try (QueueStore store =
            SqliteStore.open(
                folder.resolve("queue.db"), InstantSource.system(), SqliteStore.Sizes.DEFAULT);
        CommitThread thread = new CommitThread(store)) {
      StoreLoad load = new StoreLoad(thread.committer());
      System.out.println(Load.of(arguments).run(load::put));
    }
  }

  private void put(byte[] key, byte[] body) {
    long nowMs = System.currentTimeMillis();
    long lane = Slots.lane("bench", key);
    MessageId id = new MessageId((nowMs << 16) | 0x7000, Long.MIN_VALUE | ids.incrementAndGet());
    Draft draft = new Draft(key, Draft.ANY_SHARD, new Content(HEAD, body), 0, null, null);
    effect(new Order.Append(queue, subscriptions, id, lane, Slots.slot(lane), nowMs, draft, 0));
  }

  private int number(Order order) {
    return ((Effect.Numbered) effect(order)).number();
  }

  private Effect effect(Order order) {
    return switch (committer.submit(List.of(order)).toCompletableFuture().join()) {
      case Committed.Durable durable -> durable.effects().getFirst();
      case Committed.Failed failed -> throw new IllegalStateException(failed.fault());
    };
  }
}
