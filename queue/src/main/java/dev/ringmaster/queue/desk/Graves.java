package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The dead of a queue: shows them, lets them live again, forgets them. A page at a time, so that
/// any number of them takes little memory and short commits.
final class Graves {
  /// Dead messages that are dealt with in one commit.
  private static final int PAGE = 200;

  private final Floor floor;
  private final Shards shards;
  private final News news;

  Graves(Floor floor, Shards shards, News news) {
    this.floor = floor;
    this.shards = shards;
    this.news = news;
  }

  /// The next ones behind an id.
  void show(
      Line line,
      @Nullable MessageId after,
      int most,
      CompletableFuture<Reply<List<DeadMessage>>> reply) {
    floor.tools.ask(
        store -> store.dead(line.number, after, most),
        found -> reply.complete(new Reply.Done<>(found)),
        fault -> reply.complete(Intake.refused(fault)));
  }

  /// They live again, each at the tail of its lane.
  ///
  /// @param ids empty for all
  void redrive(Line line, List<MessageId> ids, CompletableFuture<Reply<Long>> reply) {
    new Work(line, Kind.REDRIVE, ids, reply).next(null);
  }

  /// They are forgotten.
  ///
  /// @param ids empty for all
  void purge(Line line, List<MessageId> ids, CompletableFuture<Reply<Long>> reply) {
    new Work(line, Kind.PURGE, ids, reply).next(null);
  }

  private enum Kind {
    REDRIVE,
    PURGE
  }

  /// One request, page by page.
  private final class Work {
    private final Line line;
    private final Kind kind;
    private final List<MessageId> ids;
    private final CompletableFuture<Reply<Long>> reply;
    private final Set<ShardLog> changed = new LinkedHashSet<>();
    private long count;
    private int at;
    private int open;

    Work(Line line, Kind kind, List<MessageId> ids, CompletableFuture<Reply<Long>> reply) {
      this.line = line;
      this.kind = kind;
      this.ids = ids;
      this.reply = reply;
    }

    void next(@Nullable MessageId after) {
      List<MessageId> page = ids.subList(at, Math.min(ids.size(), at + PAGE));
      at += page.size();
      floor.tools.ask(
          store ->
              ids.isEmpty()
                  ? store.dead(line.number, after, PAGE)
                  : found(store, line.number, page),
          this::dealWith,
          fault -> reply.complete(Intake.refused(fault)));
    }

    private void dealWith(List<DeadMessage> dead) {
      open = 1;
      dead.forEach(this::dealWith);
      MessageId last = dead.isEmpty() ? null : dead.getLast().message().id();
      boolean more = ids.isEmpty() ? dead.size() == PAGE : at < ids.size();
      goOn = more ? () -> next(last) : this::end;
      close();
    }

    private Runnable goOn = this::end;

    private void dealWith(DeadMessage dead) {
      ShardLog log = line.log(dead.shard());
      if (log == null) {
        return;
      }
      open++;
      long nowMs = floor.tools.clocks().nowMs();
      LogId id = log.id;
      long seq = dead.message().seq();
      Order order =
          kind == Kind.REDRIVE
              ? new Order.Redrive(id, log.epoch, seq, nowMs)
              : new Order.Purge(id, log.epoch, seq);
      floor.outbox.add(List.of(order), effect -> came(log, dead.message(), nowMs, effect));
    }

    private void came(ShardLog log, Message message, long nowMs, Effect effect) {
      if (!log.isLost()) {
        changed.add(log);
        floor.touched.add(log);
        if (effect instanceof Effect.Appended(long seq, int _)) {
          count++;
          log.lanes().exhumed(1, message.content().bytes());
          lives(log, message, seq, nowMs);
        } else if (effect instanceof Effect.Done) {
          count++;
          log.lanes().exhumed(1, message.content().bytes());
        } else if (effect instanceof Effect.Gone) {
          news.doubt(log);
        }
      }
      close();
    }

    private void close() {
      if (--open == 0) {
        goOn.run();
      }
    }

    private void end() {
      changed.stream().filter(log -> floor.blocksKeys()).forEach(shards::block);
      reply.complete(new Reply.Done<>(count));
    }
  }

  private static void lives(ShardLog log, Message old, long seq, long nowMs) {
    int bytes = old.content().bytes();
    Entry entry = new Entry(seq, old.lane(), old.slot(), 0, 0, false, nowMs, bytes);
    if (log.lanes().appended(entry)) {
      log.bytes.keep(
          new Message(
              old.id(),
              old.key(),
              old.lane(),
              old.slot(),
              seq,
              nowMs,
              old.content(),
              old.callback()));
    }
  }

  private static List<DeadMessage> found(QueueStore store, int subscription, List<MessageId> ids)
      throws StoreFault {
    List<DeadMessage> found = new ArrayList<>(ids.size());
    for (MessageId id : ids) {
      for (DeadMessage dead : store.dead(subscription, before(id), 1)) {
        if (dead.message().id().equals(id)) {
          found.add(dead);
        }
      }
    }
    return found;
  }

  /// The greatest id before one.
  private static MessageId before(MessageId id) {
    return id.low() == 0
        ? new MessageId(id.high() - 1, -1)
        : new MessageId(id.high(), id.low() - 1);
  }
}
