package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Refuses messages before the disk is full, so that acknowledgements still find room.
final class DiskRoom {
  /// How old the last look may be; in that time a fast disk takes less than is kept spare by
  /// default.
  private static final long LOOK_NS = 100_000_000;

  private final Path folder;
  private final long spareBytes;
  private long lookedNs;
  private long freeBytes = Long.MAX_VALUE;

  DiskRoom(Path folder, long spareBytes) {
    this.folder = folder;
    this.spareBytes = spareBytes;
    lookedNs = System.nanoTime() - LOOK_NS;
  }

  /// By the thread that commits.
  void check(List<Order> orders) throws StoreFault {
    long nowNs = System.nanoTime();
    if (nowNs - lookedNs >= LOOK_NS) {
      lookedNs = nowNs;
      freeBytes = look();
    }
    if (freeBytes < spareBytes && orders.stream().anyMatch(Order.Append.class::isInstance)) {
      throw new StoreFault(
          Kind.DISK_FULL,
          Durable.NO,
          "%d MiB are free in %s, and %d are kept free"
              .formatted(freeBytes >> 20, folder, spareBytes >> 20),
          null);
    }
  }

  /// A file system that does not say is not judged by this.
  private long look() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
