package dev.ringmaster.fleet.plan;

import dev.ringmaster.fleet.health.HealthSettings;
import dev.ringmaster.fleet.health.Pulse;
import java.util.List;

/// All that the planner looks at.
///
/// @param seats the numbers of the seats that exist; holes are not among them
/// @param healing how many seats' replicas were killed and not yet followed by a serving one
/// @param occupants the replicas that live: draining and gone ones are not among them
/// @param wanted what was commanded and set
public record Situation(List<Integer> seats, int healing, List<Occupant> occupants, Wanted wanted) {

  /// One replica.
  ///
  /// @param id which one
  /// @param seat its seat, or -1 for a spare
  /// @param stage how far it is
  /// @param sinceNs when it was started; for a suspect one, since when it is that
  /// @param pulse what is seen of it
  /// @param standing what its seat needs of it
  public record Occupant(
      long id, int seat, Stage stage, long sinceNs, Pulse pulse, Standing standing) {}

  /// How far a replica is: the states of its life, as far as plans differ by them.
  public enum Stage {
    /// Waits for its back-off.
    WAITING,
    /// Was started, and has not served yet.
    BOOTING,
    SERVING,
    SUSPECT
  }

  /// What a seat needs of its replica.
  public enum Standing {
    /// It was commanded by name, or is a spare: nobody takes its place while it starts.
    OWN,
    /// It replaces another, so any replica will do.
    STAND_IN,
    /// It is to be replaced by the next one that can.
    LEAVING
  }

  /// What was commanded and set.
  public record Wanted(int spares, KillBudget budget, HealthSettings health) {}

  /// How many seats serve.
  public int serving() {
    int count = 0;
    for (Occupant occupant : occupants) {
      if (occupant.seat() >= 0 && occupant.stage() == Stage.SERVING) {
        count++;
      }
    }
    return count;
  }
}
