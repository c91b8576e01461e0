package dev.ringmaster.queue;

import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.proof.SequenceOracle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What goes wrong in a history, and what its keepers do meanwhile: crashes, stand-stills, clocks
/// that jump, splits, merges, pauses, redrives.
final class SimTroubles {
  private static final long TROUBLED_US = 60_000;
  private static final long CHECK_NS = TimeUnit.MILLISECONDS.toNanos(300);

  private final SimHistory history;

  SimTroubles(SimHistory history) {
    this.history = history;
  }

  /// When the last of it has begun.
  long lastNs() {
    return TimeUnit.MICROSECONDS.toNanos(TROUBLED_US * 2);
  }

  void begin() {
    for (int i = 0; i < history.plan.crashes(); i++) {
      history.world.soon(TROUBLED_US, this::crash);
    }
    for (int i = 0; i < history.plan.moves(); i++) {
      history.world.soon(TROUBLED_US, this::move);
      history.world.soon(TROUBLED_US, this::keep);
    }
  }

  private void crash() {
    SimInstance victim = history.any();
    int what = history.world.pick(4);
    if (what == 0) {
      history.world.jump(history.world.random.nextLong(-7_200_000, 7_200_000));
    } else if (what == 1 && history.plan.instances() > 1) {
      victim.stop(TimeUnit.MILLISECONDS.toNanos(history.world.pick(8000)));
    } else {
      victim.kill();
      history.oracles.values().forEach(oracle -> oracle.crashed(victim.name));
      history.start();
    }
  }

  private void move() {
    SimInstance at = history.any();
    CompletableFuture<Reply<QueueView>> reply = new CompletableFuture<>();
    List<Integer> shards = history.stored().slots().shards();
    int one = shards.get(history.world.pick(shards.size()));
    int other = shards.get(history.world.pick(shards.size()));
    if (one == other || shards.size() < 2) {
      at.at(0, () -> at.post(() -> at.desk.split(one, reply)));
    } else {
      at.at(0, () -> at.post(() -> at.desk.merge(one, other, reply)));
    }
  }

  private void keep() {
    SimInstance at = history.any();
    String name = history.world.chance(0.7) ? "main" : "other";
    switch (history.world.pick(3)) {
      case 0 -> at.at(0, () -> at.post(() -> at.desk.redrive(name, List.of(), nobody())));
      case 1 -> at.at(0, () -> at.post(() -> at.desk.purge(name, List.of(), nobody())));
      default -> {
        at.at(0, () -> at.post(() -> at.desk.pause(true, nobody())));
        history.world.soon(20_000, this::resume);
      }
    }
  }

  private void resume() {
    SimInstance at = history.any();
    at.at(0, () -> at.post(() -> at.desk.pause(false, nobody())));
  }

  /// From now on nothing goes wrong; what blocks keys is cleared away.
  void mend() {
    history.world.setAhead();
    resume();
    clear();
  }

  private void clear() {
    boolean open = !history.oracles.values().stream().allMatch(SequenceOracle::isComplete);
    if (open) {
      for (SimInstance at : history.instances) {
        at.at(0, () -> at.post(() -> at.desk.purge("main", List.of(), nobody())));
        at.at(0, () -> at.post(() -> at.desk.purge("other", List.of(), nobody())));
      }
    }
    resume();
    history.world.at(CHECK_NS, this::clear);
  }

  private static <T> CompletableFuture<Reply<T>> nobody() {
    return new CompletableFuture<>();
  }
}
