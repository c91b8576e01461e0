package dev.ringmaster.console.queue.show;

import dev.ringmaster.queue.control.QueueView.ShardView;
import java.util.List;
import java.util.function.ToLongFunction;

/// The counters of several shards together.
///
/// @param total as if it were one shard, whose number says nothing
public record Sums(ShardView total) {
  private static final int NO_SHARD = -1;

  /// Those of these shards.
  public static Sums of(List<ShardView> shards) {
    return new Sums(
        new ShardView(
            NO_SHARD,
            sum(shards, ShardView::depth),
            sum(shards, ShardView::ready),
            sum(shards, ShardView::delayed),
            sum(shards, ShardView::inFlight),
            sum(shards, ShardView::blockedLanes),
            oldest(shards),
            sum(shards, ShardView::accepted),
            sum(shards, ShardView::done),
            sum(shards, ShardView::retries),
            sum(shards, ShardView::died),
            sum(shards, ShardView::dead),
            sum(shards, ShardView::bytes),
            List.of()));
  }

  private static long sum(List<ShardView> shards, ToLongFunction<ShardView> counter) {
    return shards.stream().mapToLong(counter).sum();
  }

  private static long oldest(List<ShardView> shards) {
    return shards.stream().mapToLong(ShardView::oldestMs).filter(ms -> ms > 0).min().orElse(0);
  }
}
