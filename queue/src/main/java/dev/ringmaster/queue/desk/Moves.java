package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault.Durable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives slots of one shard to another: drains them, moves them in the store with one order, and
/// goes on at the new place. All other slots flow meanwhile, and messages of the moving ones are
/// accepted: the store puts each where its slot lies at that moment.
///
/// ```
///   NONE ──▶ claim the new shard ──▶ drain ──▶ move in the store ──▶ the lanes follow ──▶ NONE
///                    └─ not ours ──────┴─ too long ──┴─ fenced, failed ──▶ flow again ──▶ NONE
/// ```
final class Moves {
  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_AFTER_MS = 1000;

  private final Floor floor;
  private final Shards shards;
  private final Drains drains;
  private final News news;
  private final Supplier<QueueView> publish;
  private final Set<Integer> leaving = new HashSet<>();
  private @Nullable Move underWay;

  Moves(Floor floor, Shards shards, News news, Supplier<QueueView> publish) {
    this.floor = floor;
    this.shards = shards;
    this.drains = new Drains(floor);
    this.news = news;
    this.publish = publish;
  }

  private record Move(
      SlotTable before,
      SlotTable after,
      int from,
      int into,
      Target target,
      CompletableFuture<Reply<QueueView>> reply) {

    boolean moves(int slot) {
      return before.shard(slot) != after.shard(slot);
    }
  }

  private enum Target {
    NEW,
    THERE
  }

  /// Whether no slots are on their way.
  boolean isIdle() {
    return underWay == null;
  }

  /// Goes on with what has drained by now.
  void look() {
    drains.look();
  }

  /// A shard is to be another's: nothing more of it is given out. A move that has begun ends first.
  ///
  /// @param then told when nothing is in flight, or it has taken too long
  void giveUp(int shard, long patienceNs, Runnable then) {
    Move move = underWay;
    if (move != null && (move.from == shard || move.into == shard)) {
      floor.alarms.at(
          floor.tools.clocks().nowNs() + AGAIN_NS, () -> giveUp(shard, patienceNs, then));
      return;
    }
    leaving.add(shard);
    Runnable gone =
        () -> {
          leaving.remove(shard);
          then.run();
        };
    drains.drain(shard, slot -> true, patienceNs, new Drains.Then(gone, gone));
  }

  void split(int shard, long patienceNs, CompletableFuture<Reply<QueueView>> reply) {
    SlotTable before = floor.slots;
    try {
      if (isFree(shard, reply)) {
        SlotTable after = before.split(shard);
        int fresh = added(before, after);
        claim(new Move(before, after, shard, fresh, Target.NEW, reply), patienceNs);
      }
    } catch (IllegalArgumentException e) {
      refuse(reply, Refusal.INVALID, String.valueOf(e.getMessage()));
    }
  }

  void merge(int from, int into, long patienceNs, CompletableFuture<Reply<QueueView>> reply) {
    SlotTable before = floor.slots;
    try {
      if (isFree(from, reply) && isFree(into, reply)) {
        SlotTable after = before.merge(from, into);
        drain(new Move(before, after, from, into, Target.THERE, reply), patienceNs);
      }
    } catch (IllegalArgumentException e) {
      refuse(reply, Refusal.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private boolean isFree(int shard, CompletableFuture<Reply<QueueView>> reply) {
    if (floor.slots.slots(shard).length == 0) {
      refuse(
          reply, Refusal.UNKNOWN, "the queue '" + floor.terms.name() + "' has no shard " + shard);
    } else if (underWay != null) {
      reply.complete(
          new Reply.Refused<>(
              Refusal.CONFLICT, "another split or merge is under way", RETRY_AFTER_MS));
    } else if (!isOwned(shard)) {
      reply.complete(
          new Reply.Refused<>(
              Refusal.UNAVAILABLE,
              "shard " + shard + " is not owned by this Ringmaster; ask the one that owns it",
              RETRY_AFTER_MS));
    } else {
      return true;
    }
    return false;
  }

  private boolean isOwned(int shard) {
    return floor.epochs.containsKey(shard) && !leaving.contains(shard) && !shards.isOpening(shard);
  }

  private static int added(SlotTable before, SlotTable after) {
    List<Integer> fresh =
        after.shards().stream().filter(shard -> !before.shards().contains(shard)).toList();
    return fresh.getFirst();
  }

  private void begin(Move move) {
    underWay = move;
    floor.moves = 1;
  }

  private void end() {
    underWay = null;
    floor.moves = 0;
  }

  private void claim(Move move, long patienceNs) {
    begin(move);
    floor.tools.ask(
        store -> floor.tools.claims().claim(floor.number, move.into),
        epoch -> {
          if (epoch == 0) {
            refuse(move.reply, Refusal.CONFLICT, "shard " + move.into + " is another's");
            end();
          } else {
            floor.epochs.put(move.into, epoch);
            drain(move, patienceNs);
          }
        },
        fault -> {
          move.reply.complete(Intake.refused(fault));
          end();
        });
  }

  private void drain(Move move, long patienceNs) {
    begin(move);
    IntPredicate slots = move::moves;
    drains.drain(
        move.from,
        slots,
        patienceNs,
        new Drains.Then(
            () -> order(move),
            () ->
                notMoved(
                    move,
                    new Reply.Refused<>(
                        Refusal.UNAVAILABLE,
                        "what is in flight in shard " + move.from + " did not end in time",
                        RETRY_AFTER_MS))));
  }

  private void order(Move move) {
    Long from = floor.epochs.get(move.from);
    Long into = floor.epochs.get(move.into);
    if (from == null || into == null) {
      fenced(move);
      return;
    }
    if (move.target == Target.NEW) {
      shards.expect(move.from, move.into);
    }
    Order order =
        new Order.Move(
            floor.number, move.before, move.after, Map.of(move.from, from, move.into, into));
    var _ =
        floor
            .tools
            .committer()
            .submit(List.of(order))
            .thenAccept(committed -> floor.tools.self().execute(() -> came(move, committed)));
  }

  private void came(Move move, Committed committed) {
    switch (committed) {
      case Committed.Durable(List<Effect> effects) -> {
        if (effects.getFirst() instanceof Effect.Done) {
          moved(move);
        } else {
          fenced(move);
        }
      }
      case Committed.Failed failed -> {
        if (failed.fault().durable() == Durable.UNKNOWN) {
          findOut(move);
        } else {
          notMoved(move, Intake.refused(failed.fault()));
        }
      }
    }
  }

  /// Nobody knows whether the slots have moved: the store is asked until it says so.
  private void findOut(Move move) {
    floor.tools.ask(
        store ->
            store.queues().stream()
                .anyMatch(one -> one.number() == floor.number && one.slots().equals(move.after)),
        there -> {
          if (there) {
            moved(move);
          } else {
            order(move);
          }
        },
        fault -> floor.alarms.at(floor.tools.clocks().nowNs() + AGAIN_NS, () -> findOut(move)));
  }

  private void moved(Move move) {
    floor.slots = move.after;
    for (Line line : floor.lines()) {
      switch (move.target) {
        case NEW -> shards.splitOff(line, move.from, move.into, move::moves);
        case THERE -> {
          news.merged(line.log(move.from), line.log(move.into));
          shards.merge(line, move.from, move.into);
        }
      }
    }
    if (move.target == Target.THERE) {
      shards.lose(move.from);
      floor.tools.claims().giveBack(floor.number, move.from);
    }
    end(move, new Reply.Done<>(publish.get()));
    floor.tools.claims().look();
  }

  private void fenced(Move move) {
    notMoved(
        move,
        new Reply.Refused<>(Refusal.CONFLICT, "the shards have changed meanwhile", RETRY_AFTER_MS));
  }

  private void notMoved(Move move, Reply<QueueView> reply) {
    if (move.target == Target.NEW) {
      floor.epochs.remove(move.into);
      shards.expectNot(move.into);
      floor.tools.claims().giveBack(floor.number, move.into);
    }
    end(move, reply);
  }

  private void end(Move move, Reply<QueueView> reply) {
    end();
    drains.flow(move.from);
    move.reply.complete(reply);
  }

  private static void refuse(
      CompletableFuture<Reply<QueueView>> reply, Refusal kind, String reason) {
    reply.complete(new Reply.Refused<>(kind, reason, -1));
  }
}
