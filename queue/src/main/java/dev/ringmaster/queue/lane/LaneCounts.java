package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.control.QueueView.HotLane;
import java.util.List;

/// What a log's lanes count; a value.
///
/// @param depth messages that are neither done nor dead
/// @param bytes of them and of the dead
/// @param dead messages that are dead
/// @param ready lanes whose head could be given out
/// @param delayed messages whose producer's time has not come, as far as they have been seen
/// @param out messages given out
/// @param blockedLanes lanes that wait for a retry or behind a dead message
/// @param oldestMs when the oldest that is not delayed was accepted, Unix milliseconds; 0 for none
/// @param hottest the lanes with most messages
public record LaneCounts(
    long depth,
    long bytes,
    long dead,
    long ready,
    long delayed,
    long out,
    long blockedLanes,
    long oldestMs,
    List<HotLane> hottest) {}
