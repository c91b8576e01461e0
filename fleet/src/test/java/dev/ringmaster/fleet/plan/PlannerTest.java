package dev.ringmaster.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.health.HealthSettings;
import dev.ringmaster.fleet.health.Pulse;
import dev.ringmaster.fleet.health.Pulse.Vital;
import dev.ringmaster.fleet.plan.Situation.Occupant;
import dev.ringmaster.fleet.plan.Situation.Stage;
import dev.ringmaster.fleet.plan.Situation.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final long S = 1_000_000_000;
  private static final Pulse WELL = new Pulse(Vital.WELL, 0, 0, 0, false, "");
  private static final Pulse SILENT =
      new Pulse(Vital.ILL, 0, 6, 0, false, "does not answer in time");
  private static final Pulse ERRING =
      new Pulse(Vital.ILL, 0, 0, 6, false, "answers its heartbeat with 503");
  private static final Pulse LONG_SILENT =
      new Pulse(Vital.ILL, 0, 18, 0, false, "does not answer in time");

  @Test
  void aFleetThatIsAsItShouldBeIsLeftAlone() {
    assertThat(plan(seats(0, 1), serving(1, 0), serving(2, 1))).isEmpty();
  }

  @Test
  void anEmptySeatIsFilled() {
    assertThat(plan(seats(0, 1), serving(1, 0)))
        .containsExactly(new Action.Fill(1, "the seat is empty"));
  }

  @Test
  void aServingSpareTakesAnEmptySeatAndAStartingOneDoesNot() {
    assertThat(plan(seats(0, 1), serving(1, 0), serving(2, -1)))
        .containsExactly(new Action.Promote(2, 1, "the seat is empty"));
    assertThat(plan(seats(0, 1), serving(1, 0), booting(2, -1)))
        .containsExactly(new Action.Fill(1, "the seat is empty"));
  }

  @Test
  void aSpareTakesTheSeatOfAReplacementThatIsStillStarting() {
    assertThat(
            plan(seats(0), occupant(1, 0, Stage.WAITING, WELL, Standing.STAND_IN), serving(2, -1)))
        .containsExactly(new Action.Promote(2, 0, "its replacement is not up yet"));
  }

  @Test
  void aReplicaCommandedByNameKeepsItsSeatWhileItStarts() {
    assertThat(planWithSpares(1, seats(0), booting(1, 0), serving(2, -1))).isEmpty();
  }

  @Test
  void aLeavingReplicaStaysUntilItsSuccessorServes() {
    Occupant leaving = occupant(1, 0, Stage.SERVING, WELL, Standing.LEAVING);
    assertThat(plan(seats(0), leaving)).containsExactly(new Action.AddSpare("successor"));
    assertThat(plan(seats(0), leaving, booting(2, -1))).isEmpty();
    assertThat(plan(seats(0), leaving, serving(2, -1)))
        .containsExactly(new Action.Promote(2, 0, "its replica is to leave"));
  }

  @Test
  void sparesAreKeptInNumber() {
    assertThat(planWithSpares(2, seats(0), serving(1, 0)))
        .containsExactly(new Action.AddSpare("spare"), new Action.AddSpare("spare"));
    assertThat(planWithSpares(1, seats(0), serving(1, 0), serving(2, -1), booting(3, -1)))
        .containsExactly(new Action.Retire(3, "one spare more than wanted"));
  }

  @Test
  void hungReplicasAreKilledOneAtATime() {
    List<Action> actions = plan(seats(0, 1, 2), hung(1, 0), hung(2, 1), serving(3, 2));
    assertThat(actions)
        .containsExactly(new Action.Kill(1, "hung: 6 heartbeats without any answer"));
  }

  @Test
  void noneIsKilledWhileASeatHealsFromAKill() {
    Situation healing =
        new Situation(
            seats(0, 1, 2), 1, List.of(hung(1, 0), booting(2, 1), serving(3, 2)), wanted(0));
    assertThat(Planner.plan(healing, 0)).isEmpty();
  }

  @Test
  void whenAllAreHungNoneIsKilledForLongAndThenOneAtATime() {
    assertThat(plan(seats(0, 1, 2), hung(1, 0), hung(2, 1), hung(3, 2))).isEmpty();
    assertThat(
            plan(
                seats(0, 1),
                occupant(1, 0, Stage.SUSPECT, LONG_SILENT, Standing.OWN),
                occupant(2, 1, Stage.SUSPECT, LONG_SILENT, Standing.OWN)))
        .hasSize(1);
  }

  @Test
  void aReplicaThatAnswersWithErrorsForAMinuteIsReplacedIfOthersServe() {
    Occupant erring = occupant(1, 0, Stage.SUSPECT, ERRING, Standing.OWN);
    Situation one = new Situation(seats(0, 1), 0, List.of(erring, serving(2, 1)), wanted(0));
    assertThat(Planner.plan(one, 59 * S)).isEmpty();
    assertThat(Planner.plan(one, 60 * S))
        .containsExactly(new Action.Replace(1, "for 60 s it answers its heartbeat with 503"));
    Situation all = new Situation(seats(0), 0, List.of(erring), wanted(0));
    assertThat(Planner.plan(all, 3600 * S)).isEmpty();
  }

  @Test
  void thoseThatAnswerWithErrorsAreReplacedOneAtATime() {
    Occupant leaving = occupant(1, 0, Stage.SUSPECT, ERRING, Standing.LEAVING);
    Occupant other = occupant(2, 1, Stage.SUSPECT, ERRING, Standing.OWN);
    Situation both =
        new Situation(seats(0, 1, 2), 0, List.of(leaving, other, serving(3, 2)), wanted(0));
    assertThat(Planner.plan(both, 100 * S)).containsExactly(new Action.AddSpare("successor"));
  }

  @Test
  void aSpareThatAnswersWithErrorsIsLetGo() {
    Occupant spare = occupant(1, -1, Stage.SUSPECT, ERRING, Standing.OWN);
    Situation situation = new Situation(seats(0), 0, List.of(spare, serving(2, 0)), wanted(1));
    assertThat(Planner.plan(situation, 60 * S))
        .containsExactly(new Action.Retire(1, "for 60 s it answers its heartbeat with 503"));
  }

  @Test
  void aServingReplicaIsNeverKilled() {
    assertThat(plan(seats(0), occupant(1, 0, Stage.SERVING, LONG_SILENT, Standing.OWN))).isEmpty();
  }

  @Test
  void aStartThatTakesTooLongIsGivenUp() {
    Situation situation = new Situation(seats(0), 0, List.of(booting(1, 0)), wanted(0));
    assertThat(Planner.plan(situation, 29 * S)).isEmpty();
    assertThat(Planner.plan(situation, 30 * S))
        .containsExactly(new Action.GiveUp(1, "did not answer its heartbeat within 30 s"));
  }

  @Test
  void theKillBudgetIsATenthOfManyAndOneWhenNobodyServes() {
    KillBudget budget = new KillBudget(1);
    assertThat(budget.left(3, 0, 2)).isEqualTo(1);
    assertThat(budget.left(3, 1, 2)).isZero();
    assertThat(budget.left(50, 2, 40)).isEqualTo(3);
    assertThat(budget.left(50, 0, 0)).isEqualTo(1);
    assertThat(budget.left(50, 1, 0)).isZero();
  }

  private static List<Action> plan(List<Integer> seats, Occupant... occupants) {
    return planWithSpares(0, seats, occupants);
  }

  private static List<Action> planWithSpares(
      int spares, List<Integer> seats, Occupant... occupants) {
    return Planner.plan(new Situation(seats, 0, List.of(occupants), wanted(spares)), 0);
  }

  private static Situation.Wanted wanted(int spares) {
    return new Situation.Wanted(spares, new KillBudget(1), HealthSettings.DEFAULTS);
  }

  private static List<Integer> seats(Integer... seats) {
    return List.of(seats);
  }

  private static Occupant serving(long id, int seat) {
    return occupant(id, seat, Stage.SERVING, WELL, Standing.OWN);
  }

  private static Occupant booting(long id, int seat) {
    return occupant(id, seat, Stage.BOOTING, Pulse.NEW, Standing.OWN);
  }

  private static Occupant hung(long id, int seat) {
    return occupant(id, seat, Stage.SUSPECT, SILENT, Standing.OWN);
  }

  private static Occupant occupant(long id, int seat, Stage stage, Pulse pulse, Standing standing) {
    return new Occupant(id, seat, stage, 0, pulse, standing);
  }
}
