package dev.ringmaster.queue.commit;

import dev.ringmaster.queue.store.StoreFault;
import org.jspecify.annotations.Nullable;

/// What a [Committer] has done since it began.
///
/// @param commits that are durable
/// @param orders in them
/// @param spentNs in them, the waits for the disk included
/// @param faults commits that failed
/// @param fault of the last commit; null if that went well
public record CommitCounts(
    long commits, long orders, long spentNs, long faults, @Nullable StoreFault fault) {
  static final CommitCounts NONE = new CommitCounts(0, 0, 0, 0, null);

  CommitCounts committed(int more, long tookNs) {
    return new CommitCounts(commits + 1, orders + more, spentNs + tookNs, faults, null);
  }

  CommitCounts failed(StoreFault by) {
    return new CommitCounts(commits, orders, spentNs, faults + 1, by);
  }
}
