package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.commit.Committer;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.lane.Bounds;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a desk works with.
///
/// @param store read by `readers`
/// @param committer changes the store
/// @param readers run what may wait for the disk
/// @param self runs what comes back, one thing after another, on the desk's thread
/// @param courier null as long as there is none: then nothing is pushed
/// @param claims take further shards
/// @param results take the results of messages with a callback
/// @param alone whether nobody else adds to the store
/// @param bounds how much of a log is held
public record Tools(
    QueueStore store,
    Committer committer,
    Executor readers,
    Executor self,
    Clocks clocks,
    RandomGenerator random,
    Supplier<@Nullable Courier> courier,
    Claims claims,
    Results results,
    boolean alone,
    Bounds bounds) {

  /// Asks the store beside the desk.
  ///
  /// @param then told the answer, on the desk's thread
  /// @param failed told the fault, likewise
  <T> void ask(Question<T> question, Consumer<T> then, Consumer<StoreFault> failed) {
    try {
      readers.execute(() -> answer(question, then, failed));
    } catch (RejectedExecutionException e) {
      failed.accept(busy(e));
    }
  }

  private <T> void answer(Question<T> question, Consumer<T> then, Consumer<StoreFault> failed) {
    try {
      T answer = question.of(store);
      self.execute(() -> then.accept(answer));
    } catch (StoreFault fault) {
      self.execute(() -> failed.accept(fault));
    }
  }

  private static StoreFault busy(RejectedExecutionException cause) {
    return new StoreFault(
        StoreFault.Kind.UNAVAILABLE, StoreFault.Durable.NO, "the store is busy", cause);
  }

  /// Something that only the store knows.
  @FunctionalInterface
  interface Question<T> {
    T of(QueueStore store) throws StoreFault;
  }
}
