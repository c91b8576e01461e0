package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.store.StoreFault;

/// Whoever keeps the leases of shards.
public interface Claims {

  /// Takes a shard of a queue; blocks.
  ///
  /// @return its epoch; 0 if it is another's
  long claim(int queue, int shard) throws StoreFault;

  /// A shard that was claimed is not used any more.
  void giveBack(int queue, int shard);

  /// Looks at once at what has changed.
  void look();
}
