package dev.ringmaster.queue;

import dev.ringmaster.queue.SimHistory.Tag;
import dev.ringmaster.queue.SimHistory.Weather;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.proof.SequenceOracle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Consumers that come for messages: they acknowledge, extend, give back, or forget.
final class SimConsumers {
  private static final long VISIBILITY_MS = 40;
  private static final long MARGIN_NS = 1_000_000;
  private static final int CONSUMERS = 2;

  private final SimHistory history;

  SimConsumers(SimHistory history) {
    this.history = history;
  }

  void begin() {
    if (history.plan.isPushed()) {
      return;
    }
    history
        .stored()
        .subscriptions()
        .forEach((name, number) -> {
          for (int i = 0; i < CONSUMERS; i++) {
            ask(name, number);
          }
        });
  }

  private void ask(String name, int number) {
    SimInstance at = history.any();
    int most = 1 + history.world.pick(3);
    long waitMs = history.world.pick(2) * 20L;
    long endsNs = history.world.nowNs() + TimeUnit.MILLISECONDS.toNanos(VISIBILITY_MS);
    CompletableFuture<Reply<List<Leased>>> reply = new CompletableFuture<>();
    LeaseRequest request = new LeaseRequest(SimHistory.QUEUE, name, most, waitMs, VISIBILITY_MS);
    at.at(0, () -> at.post(() -> at.desk.lease(request, reply)));
    history.world.at(
        TimeUnit.MILLISECONDS.toNanos(waitMs + 50),
        () -> reply.complete(new Reply.Done<>(List.of())));
    var _ =
        reply.thenAccept(answer -> {
          if (answer instanceof Reply.Done<List<Leased>>(List<Leased> leased)) {
            leased.forEach(one -> handle(at, name, number, one, endsNs - history.world.nowNs()));
          }
          history.world.soon(pauseUs(), () -> ask(name, number));
        });
  }

  /// Nobody hurries when all is done.
  private long pauseUs() {
    boolean rest = history.weather == Weather.CALM && history.isComplete();
    return rest ? 2_000_000 : 8000;
  }

  /// @param leftNs of the lease, at least
  private void handle(SimInstance at, String name, int number, Leased leased, long leftNs) {
    if (leftNs <= MARGIN_NS) {
      return;
    }
    Tag tag = Tag.of(leased.message());
    SequenceOracle oracle = history.oracle(number);
    oracle.arrived(at.name, tag.key(), tag.n());
    double fate = history.weather == Weather.ROUGH ? history.world.random.nextDouble() : 1;
    long worksNs = fate < 0.15 ? Long.MAX_VALUE : history.world.random.nextLong(6_000_000);
    long untilNs = leftNs - MARGIN_NS;
    history.world.at(
        Math.min(worksNs, untilNs),
        () -> {
          oracle.failed(at.name, tag.key(), tag.n());
          if (worksNs <= untilNs) {
            end(at, name, number, leased, fate);
          }
        });
  }

  private void end(SimInstance at, String name, int number, Leased leased, double fate) {
    List<Receipt> receipts = List.of(leased.receipt());
    CompletableFuture<Reply<List<Receipt>>> reply = new CompletableFuture<>();
    if (fate < 0.25) {
      long delayMs = history.world.pick(10);
      at.at(0, () -> at.post(() -> at.desk.release(name, receipts, delayMs, reply)));
    } else if (fate < 0.35) {
      at.at(0, () -> at.post(() -> at.desk.extend(name, receipts, VISIBILITY_MS, reply)));
    } else {
      history.acknowledging.add(number + ":" + Tag.of(leased.message()));
      at.at(
          history.world.pick(500_000),
          () -> at.post(() -> at.desk.acknowledge(name, receipts, reply)));
    }
  }
}
