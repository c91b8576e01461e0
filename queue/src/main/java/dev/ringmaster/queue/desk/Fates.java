package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.retry.Verdict;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What becomes of messages that were given out: it is ordered from the store, and the lane goes on
/// when it is on disk.
final class Fates {
  private final Floor floor;
  private final Consumer<ShardLog> lost;

  /// @param lost told when the store says that a shard is another's
  Fates(Floor floor, Consumer<ShardLog> lost) {
    this.floor = floor;
    this.lost = lost;
  }

  /// A message's attempt has ended.
  ///
  /// @param entry the message
  /// @param attempts that were made
  /// @param answer the replica's; null if there was none
  /// @param others carried out together with the message's end, if it ends
  record Attempt(
      ShardLog log, Entry entry, int attempts, @Nullable Answer answer, List<Order> others) {}

  /// Whether a consumer's word counted.
  enum Ending {
    COUNTED,
    LATE
  }

  /// The message is in its lane as given out; it is settling from now on.
  void settle(Attempt attempt, Verdict verdict) {
    attempt.log.lanes().answered(attempt.entry.seq());
    switch (verdict) {
      case Verdict.Handled _ -> finish(attempt, ending -> {});
      case Verdict.Again(long waitMs, String _) -> postpone(attempt, waitMs, ending -> {});
      case Verdict.Dead(String reason) -> bury(attempt, reason);
    }
  }

  /// A consumer has handled a message.
  ///
  /// @param then told when it is on disk, or that it came too late
  void acknowledged(Attempt attempt, Consumer<Ending> then) {
    attempt.log.lanes().answered(attempt.entry.seq());
    finish(attempt, then);
  }

  /// A consumer has given a message back.
  ///
  /// @param then told when it is on disk, or that it came too late
  void released(Attempt attempt, long waitMs, Consumer<Ending> then) {
    attempt.log.lanes().answered(attempt.entry.seq());
    postpone(attempt, waitMs, then);
  }

  private void finish(Attempt attempt, Consumer<Ending> then) {
    ShardLog log = attempt.log;
    long seq = attempt.entry.seq();
    Order order = new Order.Finish(log.id, log.epoch, seq, result(attempt));
    write(
        attempt,
        order,
        () -> {
          log.lanes().done(seq);
          log.tally = log.tally.anotherDone();
        },
        then);
  }

  private void postpone(Attempt attempt, long waitMs, Consumer<Ending> then) {
    ShardLog log = attempt.log;
    Entry entry = attempt.entry;
    long notBeforeMs = waitMs == 0 ? 0 : floor.tools.clocks().nowMs() + waitMs;
    Order order = new Order.Postpone(log.id, log.epoch, entry.seq(), attempt.attempts, notBeforeMs);
    Attempt goesOn = new Attempt(log, entry, attempt.attempts, null, List.of());
    write(
        goesOn,
        order,
        () -> {
          long waitNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
          log.lanes().postponed(entry.seq(), attempt.attempts, waitNs);
          log.tally = log.tally.anotherRetry();
        },
        then);
  }

  private void bury(Attempt attempt, String reason) {
    ShardLog log = attempt.log;
    long seq = attempt.entry.seq();
    boolean block = floor.blocksKeys();
    Order order =
        new Order.Bury(
            log.id,
            log.epoch,
            seq,
            attempt.attempts,
            floor.tools.clocks().nowMs(),
            reason,
            result(attempt));
    write(
        attempt,
        order,
        () -> {
          log.lanes().buried(seq, block);
          log.tally = log.tally.anotherDied();
          if (block) {
            log.bytes.clear();
          }
        },
        ending -> {});
  }

  /// @param change what the lanes hear when the order is carried out
  private void write(Attempt attempt, Order order, Runnable change, Consumer<Ending> then) {
    List<Order> orders = new ArrayList<>(1 + attempt.others.size());
    orders.add(order);
    orders.addAll(attempt.others);
    floor.outbox.add(orders, effect -> came(attempt, effect, change, then));
  }

  private void came(Attempt attempt, Effect effect, Runnable change, Consumer<Ending> then) {
    ShardLog log = attempt.log;
    if (log.isLost()) {
      then.accept(Ending.LATE);
      return;
    }
    switch (effect) {
      case Effect.Done _ -> change.run();
      case Effect.Gone _ -> log.lanes().done(attempt.entry.seq());
      case Effect.Fenced _ -> lost.accept(log);
      case Effect.Appended _, Effect.Repeats _, Effect.Numbered _, Effect.Forgotten _ ->
          throw new IllegalStateException("the end of a message cannot be " + effect);
    }
    floor.touched.add(log);
    then.accept(log.isLost() ? Ending.LATE : Ending.COUNTED);
  }

  private Order.@Nullable Result result(Attempt attempt) {
    Answer answer = attempt.answer;
    long keptMs = floor.terms.results().kept().toMillis();
    if (answer == null || keptMs == 0) {
      return null;
    }
    return new Order.Result(attempt.attempts, floor.tools.clocks().nowMs() + keptMs, cut(answer));
  }

  /// As much of an answer as is kept.
  Answer cut(Answer answer) {
    int most = floor.terms.results().bodyBytes();
    byte[] body = answer.body();
    return body.length <= most
        ? answer
        : new Answer(answer.status(), answer.head(), Arrays.copyOf(body, most), answer.bodyBytes());
  }
}
