package dev.ringmaster.queue.lane;

import java.util.concurrent.TimeUnit;

/// How much of a log is held in memory.
///
/// @param window entries, heads of waiting lanes aside
/// @param lane entries of one lane; more are read again when they are few
/// @param low a lane with entries left in the store is read again when so many are behind its head
/// @param lanes lanes, waiting ones included; beyond it nothing new is read
/// @param page entries that one read brings
/// @param delays entries that their producers delayed, those that are due next
/// @param waitMs what a retry waits at most that the store has from before: the clock may have
///   jumped since, and too early a try does less harm than too late a one
public record Bounds(int window, int lane, int low, int lanes, int page, int delays, long waitMs) {

  /// 64 shards with full windows hold some 6 MB; with as many lanes as they may, all of them
  /// waiting, some 30 MB.
  public static final Bounds DEFAULT =
      new Bounds(1024, 64, 16, 4096, 512, 1024, TimeUnit.MINUTES.toMillis(10));
}
