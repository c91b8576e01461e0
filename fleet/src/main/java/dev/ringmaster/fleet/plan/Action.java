package dev.ringmaster.fleet.plan;

/// What the planner wants done, with its reason for people.
public sealed interface Action {

  /// Why.
  String reason();

  /// Give an empty seat a new replica.
  record Fill(int seat, String reason) implements Action {}

  /// Start one more spare.
  record AddSpare(String reason) implements Action {}

  /// Put a serving spare on a seat; who sits there leaves it.
  record Promote(long spare, int seat, String reason) implements Action {}

  /// End a hung replica by force; its seat is empty then.
  record Kill(long id, String reason) implements Action {}

  /// Replace one that lives and is no use: another starts first, and takes its seat when it serves.
  record Replace(long id, String reason) implements Action {}

  /// End a replica that did not start in time.
  record GiveUp(long id, String reason) implements Action {}

  /// Let a spare go that is one too many, or no use.
  record Retire(long id, String reason) implements Action {}
}
