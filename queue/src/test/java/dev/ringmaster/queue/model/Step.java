package dev.ringmaster.queue.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A step of a history, in words that mean the same to every store: messages are named by the
/// number of the place that they were given, the first being 0.
sealed interface Step {
  int QUEUES = 2;
  int SUBSCRIPTIONS = 3;

  record Append(int queue, int key, int subscriptions, long notBeforeMs, @Nullable String known)
      implements Step {}

  /// An end of a message, asked for by its owner or by one of long ago.
  record End(Kind kind, int place, int subscription, boolean stale) implements Step {}

  enum Kind {
    FINISH,
    FINISH_WITH_ANSWER,
    POSTPONE,
    BURY,
    BURY_WITH_ANSWER,
    REDRIVE,
    PURGE
  }

  record PutSubscription(int queue, int name) implements Step {}

  record DropSubscription(int queue, int name) implements Step {}

  record DropQueue(int queue) implements Step {}

  record Pause(int queue, boolean paused) implements Step {}

  record Split(int queue, int shard) implements Step {}

  record Merge(int queue, int from, int into) implements Step {}

  /// Of everything: which of several go first is left to the store.
  record Expire() implements Step {}

  /// Steps of one commit.
  static List<Step> commit(SplittableRandom random, int places) {
    List<Step> steps = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      steps.add(next(random, places));
    }
    return steps;
  }

  private static Step next(SplittableRandom random, int places) {
    int queue = random.nextInt(QUEUES);
    int dice = random.nextInt(100);
    if (dice < 45 || places == 0) {
      return append(random, queue);
    }
    if (dice < 88) {
      // Mostly young ones, which are still there, and some that are long gone.
      int back = random.nextInt(random.nextInt(10) == 0 ? places : Math.min(places, 25));
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      int subscription = random.nextInt(SUBSCRIPTIONS);
      return new End(kind, places - 1 - back, subscription, random.nextInt(20) == 0);
    }
    return ofQueues(random, queue, dice);
  }

  private static Append append(SplittableRandom random, int queue) {
    String known = random.nextInt(4) == 0 ? "id " + random.nextInt(12) : null;
    long notBeforeMs = random.nextInt(5) == 0 ? 1 + random.nextInt(1_000) : 0;
    int subscriptions = random.nextInt(1 << SUBSCRIPTIONS);
    return new Append(queue, random.nextInt(30), subscriptions, notBeforeMs, known);
  }

  private static Step ofQueues(SplittableRandom random, int queue, int dice) {
    return switch (dice) {
      case 88, 89 -> new PutSubscription(queue, random.nextInt(SUBSCRIPTIONS));
      case 90 -> new DropSubscription(queue, random.nextInt(SUBSCRIPTIONS));
      case 91, 92 -> new Pause(queue, random.nextBoolean());
      case 93, 94 -> new Split(queue, random.nextInt(6));
      case 95, 96 -> new Merge(queue, random.nextInt(6), random.nextInt(6));
      case 97 -> random.nextInt(4) == 0 ? new DropQueue(queue) : new Pause(queue, false);
      default -> new Expire();
    };
  }
}
