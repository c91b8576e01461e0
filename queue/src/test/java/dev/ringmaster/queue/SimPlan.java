package dev.ringmaster.queue;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueTerms.Dead;
import java.time.Duration;
import java.util.SplittableRandom;

/// What kind of history a seed gives.
///
/// @param instances one that is alone, or two that share
/// @param subscriptions 0 for a queue that is pushed
/// @param faults how often the store fails
/// @param crashes how many things go wrong
record SimPlan(
    int instances,
    int subscriptions,
    int keys,
    int messages,
    int shards,
    int inFlight,
    int attempts,
    Dead dead,
    double faults,
    int crashes,
    int moves) {

  static SimPlan of(SplittableRandom random) {
    return new SimPlan(
        random.nextInt(6) == 0 ? 2 : 1,
        random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0,
        1 + random.nextInt(4),
        4 + random.nextInt(24),
        1 + random.nextInt(3),
        1 + random.nextInt(6),
        2 + random.nextInt(4),
        random.nextInt(3) == 0 ? Dead.BLOCK_KEY : Dead.CONTINUE,
        random.nextInt(2) * random.nextDouble() * 0.1,
        random.nextInt(4),
        random.nextInt(4));
  }

  boolean isPushed() {
    return subscriptions == 0;
  }

  QueueTerms terms() {
    return new QueueTerms(
        SimHistory.QUEUE,
        isPushed() ? "service" : null,
        "/",
        shards,
        new QueueTerms.Limits(1000, 1 << 20, Duration.ZERO, 1 << 10, inFlight, 8),
        new QueueTerms.Retry(
            Duration.ofMillis(60),
            Duration.ofMillis(4),
            Duration.ofMillis(20),
            attempts,
            Duration.ofHours(24),
            false,
            dead),
        new QueueTerms.Results(Duration.ofSeconds(1), 10));
  }
}
