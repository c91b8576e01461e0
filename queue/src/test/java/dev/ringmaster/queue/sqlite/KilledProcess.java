package dev.ringmaster.queue.sqlite;

import static dev.ringmaster.queue.store.StoreScript.draft;

import dev.ringmaster.queue.commit.CommitThread;
import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.commit.Committer;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreScript;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Appends and finishes messages until it is killed, and says on standard output what was
/// confirmed: `+ SHARD SEQ TEXT` or `- SHARD SEQ TEXT` or, before a finish is asked for, `? SHARD
/// SEQ TEXT`.
final class KilledProcess {
  private static final int PRODUCERS = 8;

  private KilledProcess() {}

  public static void main(String[] arguments) throws StoreFault, InterruptedException {
    Path file = Path.of(arguments[0]);
    SqliteStore.Sizes sizes = new SqliteStore.Sizes(1024, 1024, 50, 1L << 40, 0);
    SqliteStore store = SqliteStore.open(file, InstantSource.system(), sizes);
    StoreScript script = new StoreScript(store);
    Committer committer = new CommitThread(store).committer();
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      int number = i;
      producers.add(
          Thread.ofPlatform().start(() -> produce(script, committer, arguments[1] + "." + number)));
    }
    for (Thread producer : producers) {
      producer.join();
    }
  }

  private static void produce(StoreScript script, Committer committer, String name) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int n = 0; ; n++) {
      String text = name + "." + n;
      Effect.Appended at = (Effect.Appended) effect(committer, append(script, text));
      say("+", at.shard(), at.seq(), text);
      if (random.nextInt(3) == 0) {
        say("?", at.shard(), at.seq(), text);
        LogId log = new LogId(script.main, at.shard());
        effect(committer, new Order.Finish(log, script.epoch(at.shard()), at.seq(), null));
        say("-", at.shard(), at.seq(), text);
      }
    }
  }

  private static synchronized Order append(StoreScript script, String text) {
    Order.Append made = script.append(draft(text));
    MessageId id = new MessageId(made.id().high(), (long) text.hashCode() << 32 | made.id().low());
    return new Order.Append(
        made.queue(),
        made.subscriptions(),
        id,
        made.lane(),
        made.slot(),
        made.acceptedMs(),
        made.draft(),
        made.deduplicateForMs());
  }

  private static Effect effect(Committer committer, Order order) {
    return switch (committer.submit(List.of(order)).toCompletableFuture().join()) {
      case Committed.Durable durable -> durable.effects().getFirst();
      case Committed.Failed failed -> throw new IllegalStateException(failed.fault());
    };
  }

  private static synchronized void say(String what, int shard, long seq, String text) {
    System.out.println(what + " " + shard + " " + seq + " " + text);
    System.out.flush();
  }
}
