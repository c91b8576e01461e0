package dev.ringmaster.fleet.plan;

/// How many hung replicas may be replaced at a time: a kill counts until its seat serves again, so
/// that a fault that makes every replica seem hung ends one of them, not all.
///
/// @param atOnce the number; a tenth of all seats if that is more
public record KillBudget(int atOnce) {

  /// How many more may be killed now.
  ///
  /// @param seats how many seats there are
  /// @param healing seats whose replica was killed and that do not serve again yet
  /// @param serving seats that serve; while none does, the fault may not be the replicas', and one
  ///   at a time is enough to find out
  public int left(int seats, int healing, int serving) {
    int allowed = serving == 0 ? 1 : Math.max(atOnce, seats / 10);
    return Math.max(0, allowed - healing);
  }
}
