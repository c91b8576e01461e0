package dev.ringmaster.fleet;

import dev.ringmaster.fleet.store.FleetFile;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What of the fleet is on the disk, and what is on its way there. One write at a time.
final class Journal {
  /// How long to wait before a failed write is tried again.
  private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

  private long revision;
  private long againNs = Long.MIN_VALUE;
  private @Nullable FleetFile onDisk;
  private @Nullable FleetFile onItsWay;

  /// The write that is due if the fleet is to be remembered so; null if there is none, or not yet.
  Effect.@Nullable Save due(FleetFile file, long nowNs) {
    if (onItsWay != null || file.equals(onDisk) || nowNs < againNs) {
      return null;
    }
    onItsWay = file;
    againNs = Long.MIN_VALUE;
    return new Effect.Save(++revision, file);
  }

  /// The write ended well; what it wrote.
  @Nullable FleetFile saved() {
    onDisk = onItsWay;
    onItsWay = null;
    return onDisk;
  }

  /// The write failed, and nothing is known of what is on the disk.
  void failed(long nowNs) {
    onItsWay = null;
    onDisk = null;
    againNs = nowNs + AGAIN_NS;
  }

  /// Whether the disk holds exactly this.
  boolean holds(FleetFile file) {
    return file.equals(onDisk);
  }

  /// When a failed write is tried again; NEVER if none is waiting.
  long againNs() {
    return againNs == Long.MIN_VALUE ? Member.NEVER : againNs;
  }
}
