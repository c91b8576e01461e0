package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.QueueTerms.Limits;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.control.Reply.Refused;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.MessageIds;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Accepts messages for one queue: any thread checks them and hands them to the committer; they are
/// accepted when they are on disk, and only then the desk hears of them.
final class Intake {
  /// The longest delay.
  static final long MOST_DELAY_MS = TimeUnit.DAYS.toMillis(30);

  /// How long a deduplication id is known.
  static final long DEDUPLICATE_MS = TimeUnit.HOURS.toMillis(24);

  /// The longest deduplication id, in characters.
  static final int MOST_ID_CHARS = 255;

  /// What a producer who was refused is told to wait.
  private static final long RETRY_AFTER_MS = 1000;

  private static final long LOW_BITS = (1L << 52) - 1;

  private final Tools tools;
  private final MessageIds ids;
  private final Room room;
  private final AtomicInteger turn = new AtomicInteger();

  Intake(Tools tools, MessageIds ids, Room room) {
    this.tools = tools;
    this.ids = ids;
    this.room = room;
  }

  /// What has been handed in, checked.
  sealed interface Checked {

    /// All are well, and have room.
    ///
    /// @param bytes of all
    record Good(List<Order> orders, long bytes) implements Checked {}

    record Bad(Refusal kind, String reason) implements Checked {}
  }

  /// Checks all and takes room for them, or none.
  Checked check(Standing standing, List<Draft> drafts) {
    List<Order> orders = new ArrayList<>(drafts.size());
    long bytes = 0;
    long nowMs = tools.clocks().nowMs();
    for (Draft draft : drafts) {
      Checked.Bad bad = wrong(standing, draft, nowMs);
      if (bad != null) {
        return drafts.size() == 1
            ? bad
            : new Checked.Bad(bad.kind, "message " + (orders.size() + 1) + ": " + bad.reason);
      }
      orders.add(append(standing, draft, nowMs));
      bytes += draft.content().bytes();
    }
    Limits limits = standing.terms().limits();
    String lacking = room.reserve(limits, drafts.size(), bytes, nowMs);
    return lacking == null
        ? new Checked.Good(orders, bytes)
        : new Checked.Bad(
            Refusal.QUEUE_FULL, "the queue '" + standing.terms().name() + "' is full: " + lacking);
  }

  private static Checked.@Nullable Bad wrong(Standing standing, Draft draft, long nowMs) {
    Limits limits = standing.terms().limits();
    if (draft.content().bytes() > limits.messageBytes()) {
      return new Checked.Bad(
          Refusal.TOO_LARGE,
          "a message of this queue has at most " + limits.messageBytes() + " bytes, head and body");
    }
    if (draft.notBeforeMs() - nowMs > MOST_DELAY_MS) {
      return new Checked.Bad(Refusal.INVALID, "a message is delayed by 30 days at most");
    }
    String id = draft.deduplicationId();
    if (id != null && (id.isEmpty() || id.length() > MOST_ID_CHARS)) {
      return new Checked.Bad(
          Refusal.INVALID, "a deduplication id has 1 to " + MOST_ID_CHARS + " characters");
    }
    if (draft.callback() != null && standing.terms().service() == null) {
      return new Checked.Bad(
          Refusal.INVALID, "a queue without a service has no answers that could be posted");
    }
    return draft.shard() == Draft.ANY_SHARD ? null : wrongShard(standing, draft);
  }

  private static Checked.@Nullable Bad wrongShard(Standing standing, Draft draft) {
    int shard = draft.shard();
    if (!standing.hasShard(shard)) {
      return new Checked.Bad(
          Refusal.UNKNOWN, "the queue '" + standing.terms().name() + "' has no shard " + shard);
    }
    if (draft.key().length > 0) {
      long lane = Slots.lane(standing.terms().name(), draft.key());
      int own = standing.slots().shard(Slots.slot(lane));
      if (own != shard) {
        return new Checked.Bad(
            Refusal.CONFLICT, "the key lies in shard " + own + ", not in " + shard);
      }
    }
    return null;
  }

  /// The order that keeps a message.
  Order.Append append(Standing standing, Draft draft, long nowMs) {
    MessageId id = ids.next();
    long lane =
        draft.key().length > 0
            ? Slots.lane(standing.terms().name(), draft.key())
            : keyless(standing, draft, id);
    return new Order.Append(
        standing.number(),
        standing.subscriptions(),
        id,
        lane,
        Slots.slot(lane),
        nowMs,
        draft.notBeforeMs() > nowMs ? draft : atOnce(draft),
        DEDUPLICATE_MS);
  }

  private static Draft atOnce(Draft draft) {
    return draft.notBeforeMs() == 0
        ? draft
        : new Draft(
            draft.key(),
            draft.shard(),
            draft.content(),
            0,
            draft.deduplicationId(),
            draft.callback());
  }

  /// A lane of its own, from the hash of the id, in a slot of the shard whose turn it is.
  private long keyless(Standing standing, Draft draft, MessageId id) {
    long hash =
        Slots.lane(standing.terms().name(), id.toString().getBytes(StandardCharsets.US_ASCII));
    int[] shards = standing.shards();
    int shard =
        draft.shard() == Draft.ANY_SHARD
            ? shards[Math.floorMod(turn.getAndIncrement(), shards.length)]
            : draft.shard();
    int[] slots = standing.slotsOf(shard);
    long slot = slots[Math.floorMod((int) hash, slots.length)];
    return (slot << Slots.LANE_SHIFT) | (hash & LOW_BITS);
  }

  /// The answer to what the committer did.
  Reply<List<Accepted>> reply(List<Order> orders, Committed committed) {
    return switch (committed) {
      case Committed.Durable(List<Effect> effects) -> accepted(orders, effects);
      case Committed.Failed(StoreFault fault) -> refused(fault);
    };
  }

  private static Reply<List<Accepted>> accepted(List<Order> orders, List<Effect> effects) {
    List<Accepted> all = new ArrayList<>(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      Order.Append order = (Order.Append) orders.get(i);
      switch (effects.get(i)) {
        case Effect.Appended(long _, int shard) -> all.add(new Accepted(order.id(), shard, false));
        case Effect.Repeats(MessageId first, int shard) ->
            all.add(new Accepted(first, shard, true));
        case Effect.Gone _ -> {
          return new Refused<>(Refusal.UNKNOWN, "the queue has been removed", -1);
        }
        case Effect.Done _, Effect.Numbered _, Effect.Forgotten _, Effect.Fenced _ ->
            throw new IllegalStateException("a message cannot be accepted by " + effects.get(i));
      }
    }
    return new Reply.Done<>(all);
  }

  /// What a fault of the store means to whoever asked.
  static <T> Reply<T> refused(StoreFault fault) {
    Refusal kind =
        switch (fault.kind()) {
          case DISK_FULL -> Refusal.DISK_FULL;
          case UNAVAILABLE, CORRUPT, NEWER -> Refusal.UNAVAILABLE;
        };
    return new Refused<>(kind, String.valueOf(fault.getMessage()), RETRY_AFTER_MS);
  }

  static <T> Reply<T> refused(Checked.Bad bad) {
    long retryAfterMs = bad.kind == Refusal.QUEUE_FULL ? RETRY_AFTER_MS : -1;
    return new Refused<>(bad.kind, bad.reason, retryAfterMs);
  }
}
