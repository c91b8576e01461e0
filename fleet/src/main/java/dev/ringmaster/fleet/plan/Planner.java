package dev.ringmaster.fleet.plan;

import dev.ringmaster.fleet.plan.Situation.Occupant;
import dev.ringmaster.fleet.plan.Situation.Stage;
import dev.ringmaster.fleet.plan.Situation.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Decides what a fleet needs done: a function of the situation and the time, nothing else.
///
/// The actions of one plan do not get in each other's way, and the plan of a fleet that is as it
/// should be is empty.
public final class Planner {
  /// A replica that answers heartbeats with errors is replaced after so long out of the table: long
  /// enough for a database to restart behind it.
  static final long ERRING_NS = TimeUnit.SECONDS.toNanos(60);

  private final Situation situation;
  private final long nowNs;
  private final List<Action> actions = new ArrayList<>();
  private final Deque<Occupant> readySpares = new ArrayDeque<>();
  private int spares;
  private int leaving;

  private Planner(Situation situation, long nowNs) {
    this.situation = situation;
    this.nowNs = nowNs;
  }

  /// What is to be done now.
  public static List<Action> plan(Situation situation, long nowNs) {
    Planner planner = new Planner(situation, nowNs);
    planner.giveUpLateStarts();
    planner.killHungReplicas();
    planner.replaceOneThatErrs();
    planner.countSpares();
    planner.fillSeats();
    planner.keepSpares();
    return planner.actions;
  }

  private void giveUpLateStarts() {
    long limitNs = situation.wanted().health().startTimeout().toNanos();
    for (Occupant occupant : situation.occupants()) {
      if (late(occupant, limitNs)) {
        String seen = occupant.pulse().note();
        actions.add(
            new Action.GiveUp(
                occupant.id(),
                "did not answer its heartbeat within "
                    + Times.words(limitNs)
                    + (seen.isEmpty() ? "" : " (" + seen + ")")));
      }
    }
  }

  private boolean late(Occupant occupant, long limitNs) {
    return occupant.stage() == Stage.BOOTING && nowNs - occupant.sinceNs() >= limitNs;
  }

  private void killHungReplicas() {
    int serving = situation.serving();
    Situation.Wanted wanted = situation.wanted();
    int left = wanted.budget().left(situation.seats().size(), situation.healing(), serving);
    for (Occupant occupant : situation.occupants()) {
      boolean hung =
          occupant.stage() == Stage.SUSPECT && occupant.pulse().hung(serving > 0, wanted.health());
      if (hung && (occupant.seat() < 0 || left-- > 0)) {
        actions.add(
            new Action.Kill(
                occupant.id(),
                "hung: " + occupant.pulse().silence() + " heartbeats without any answer"));
      }
    }
  }

  /// One at a time, and only where others serve, on seats or as spares: if none does, the fault may
  /// not be the replica's.
  private void replaceOneThatErrs() {
    boolean oneLeaves = false;
    boolean oneServes = false;
    Occupant longest = null;
    for (Occupant occupant : situation.occupants()) {
      oneLeaves |= occupant.standing() == Standing.LEAVING;
      oneServes |= occupant.stage() == Stage.SERVING;
      boolean errs =
          occupant.stage() == Stage.SUSPECT
              && occupant.pulse().erring(situation.wanted().health())
              && nowNs - occupant.sinceNs() >= ERRING_NS;
      if (errs && (longest == null || occupant.sinceNs() < longest.sinceNs())) {
        longest = occupant;
      }
    }
    if (longest == null || oneLeaves || !oneServes) {
      return;
    }
    String why = "for " + Times.words(ERRING_NS) + " it " + longest.pulse().note();
    actions.add(
        longest.seat() < 0
            ? new Action.Retire(longest.id(), why)
            : new Action.Replace(longest.id(), why));
  }

  private void countSpares() {
    for (Occupant occupant : situation.occupants()) {
      if (occupant.seat() < 0) {
        spares++;
        if (occupant.stage() == Stage.SERVING) {
          readySpares.add(occupant);
        }
      } else if (occupant.standing() == Standing.LEAVING) {
        leaving++;
      }
    }
  }

  /// Empty seats come first, then those that are to be handed over, then those whose replacement is
  /// still starting.
  private void fillSeats() {
    Map<Integer, Occupant> sitting = new HashMap<>();
    for (Occupant occupant : situation.occupants()) {
      if (occupant.seat() >= 0) {
        sitting.put(occupant.seat(), occupant);
      }
    }
    for (int seat : situation.seats()) {
      if (!sitting.containsKey(seat) && !promote(seat, "the seat is empty")) {
        actions.add(new Action.Fill(seat, "the seat is empty"));
      }
    }
    for (Occupant occupant : sitting.values()) {
      if (occupant.standing() == Standing.LEAVING) {
        promote(occupant.seat(), "its replica is to leave");
      }
    }
    for (Occupant occupant : sitting.values()) {
      if (occupant.standing() == Standing.STAND_IN && startsStill(occupant)) {
        promote(occupant.seat(), "its replacement is not up yet");
      }
    }
  }

  private static boolean startsStill(Occupant occupant) {
    return occupant.stage() == Stage.WAITING || occupant.stage() == Stage.BOOTING;
  }

  private boolean promote(int seat, String reason) {
    Occupant spare = readySpares.poll();
    if (spare == null) {
      return false;
    }
    spares--;
    actions.add(new Action.Promote(spare.id(), seat, reason));
    return true;
  }

  /// A seat that is to be handed over counts as one more spare, which will take it.
  private void keepSpares() {
    int wanted = situation.wanted().spares() + leaving;
    if (!actions.isEmpty()) {
      return; // Each promotion changes the count: the next plan sees it whole.
    }
    for (int i = spares; i < wanted; i++) {
      actions.add(new Action.AddSpare(i < situation.wanted().spares() ? "spare" : "successor"));
    }
    List<Occupant> occupants = situation.occupants();
    int surplus = spares - wanted;
    for (Stage stage : List.of(Stage.WAITING, Stage.BOOTING, Stage.SUSPECT, Stage.SERVING)) {
      for (int i = occupants.size() - 1; i >= 0 && surplus > 0; i--) {
        if (occupants.get(i).seat() < 0 && occupants.get(i).stage() == stage) {
          actions.add(new Action.Retire(occupants.get(i).id(), "one spare more than wanted"));
          surplus--;
        }
      }
    }
  }
}
