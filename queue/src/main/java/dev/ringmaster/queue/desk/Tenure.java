package dev.ringmaster.queue.desk;

/// How long this process may believe that it owns its shards: as long as its leases in the store
/// run, measured from before they were renewed by a clock that never jumps. A process that was
/// stopped for longer finds here that it has been, before it gives anything out.
public final class Tenure {
  private volatile long untilNs;

  /// @param untilNs by the clock of [Clocks#nanos]
  public Tenure(long untilNs) {
    this.untilNs = untilNs;
  }

  /// The leases have been renewed.
  public void prolong(long untilNs) {
    this.untilNs = untilNs;
  }

  boolean isOver(long nowNs) {
    return untilNs - nowNs <= 0;
  }
}
