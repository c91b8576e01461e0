package dev.ringmaster.queue.proof;

import java.util.List;

/// What an oracle has seen.
///
/// @param sent messages that were confirmed to their producer
/// @param delivered deliveries that were begun
/// @param lost confirmed messages that were neither handled nor dead at the end
/// @param outOfOrder first deliveries after one of a later message of their key
/// @param together deliveries while another of their key was under way
/// @param afterEnd deliveries of messages whose end had been confirmed
/// @param repeated deliveries of messages that had been handled before, their end not confirmed
/// @param repeatable how many of those the crashes allow: what was under way at one
/// @param first what was wrong first, for people; at most [SequenceOracle#TOLD] of them
public record Verdicts(
    long sent,
    long delivered,
    long lost,
    long outOfOrder,
    long together,
    long afterEnd,
    long repeated,
    long repeatable,
    List<String> first) {

  /// Whether all that is promised was kept.
  public boolean isGood() {
    return lost == 0 && outOfOrder == 0 && together == 0 && afterEnd == 0 && repeated <= repeatable;
  }
}
