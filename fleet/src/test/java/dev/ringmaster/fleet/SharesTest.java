package dev.ringmaster.fleet;

import static dev.ringmaster.fleet.ImaginedWorld.MS;
import static dev.ringmaster.fleet.ImaginedWorld.S;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.ImaginedWorld.Mood;
import dev.ringmaster.fleet.weight.EjectionSettings;
import dev.ringmaster.ring.Movement;
import dev.ringmaster.ring.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Ejections, slow start and commanded weights in the imagined world.
class SharesTest {
  private final List<FleetView> views = new ArrayList<>();

  @Test
  void aReplicaWhoseRequestsFailIsOutForThirtySecondsAndRunsOn() {
    ImaginedWorld world = world(settings(3));
    long fromNs = world.nowNs();
    world.report(seated(1), Symptom.FAILING);

    assertThat(last().table().roster().weight(1)).isZero();
    assertThat(seated(1).state()).isEqualTo(ReplicaState.SERVING);
    assertThat(seated(1).note()).isEqualTo("ejected for 30 s: 5 requests in a row failed");
    assertThat(seated(1).share().ejectedUntil())
        .isEqualTo(Instant.EPOCH.plusNanos(fromNs + 30 * S));
    assertThat(last().ejected()).isEqualTo(1);
    world.run(30 * S - MS);
    assertThat(last().table().roster().weight(1)).isZero();
    world.run(2 * MS);
    assertThat(last().table().roster().weight(1)).isEqualTo(Roster.FULL);
    assertThat(seated(1).name()).isEqualTo("S2");
    assertThat(seated(1).note()).isEmpty();
    assertThat(world.running).hasSize(3);
  }

  @Test
  void onlyTheEjectedSeatsKeysMoveAndTheyComeHome() {
    ImaginedWorld world = world(settings(5));
    FleetView whole = last();
    world.report(seated(2), Symptom.FAILING);
    Movement away = movement(whole, last());
    assertThat(away.needless()).isZero();
    assertThat(away.movedShare()).isBetween(0.1, 0.3);
    world.run(31 * S);
    assertThat(last().table().fingerprint()).isEqualTo(whole.table().fingerprint());
  }

  @Test
  void ejectionsInARowLastLonger() {
    ImaginedWorld world = world(settings(3));
    world.report(seated(0), Symptom.FAILING);
    world.run(31 * S);
    world.report(seated(0), Symptom.FAILING);
    assertThat(seated(0).note()).startsWith("ejected for 60 s");
    world.run(61 * S);
    assertThat(last().ejected()).isZero();
  }

  @Test
  void aSecondOneIsRefusedWhileATenthIsOut() {
    ImaginedWorld world = world(settings(3));
    world.report(seated(0), Symptom.FAILING);
    world.report(seated(1), Symptom.FAILING);
    assertThat(last().ejected()).isEqualTo(1);
    assertThat(last().table().roster().live()).isEqualTo(2);
    world.run(31 * S);
    world.report(seated(1), Symptom.FAILING);
    assertThat(last().table().roster().weight(1)).isZero();
  }

  @Test
  void theLastOneIsNeverEjected() {
    ImaginedWorld world = world(settings(1));
    world.report(seated(0), Symptom.FAILING);
    assertThat(last().ejected()).isZero();
    assertThat(last().table().roster().live()).isEqualTo(1);
  }

  @Test
  void anEjectedReplicaComesBackWhenTheOthersDie() {
    ImaginedWorld world = world(settings(2));
    world.report(seated(0), Symptom.FAILING);
    int seen = views.size();
    world.kill(ofSeat(world, 1));
    assertThat(views.get(seen).table().roster().weight(0)).isEqualTo(Roster.FULL);
    assertThat(views.subList(seen, views.size()))
        .allMatch(view -> view.table().roster().live() >= 1);
  }

  @Test
  void oneThatCouldNotBeReachedIsBackWhenItsHeartbeatsAreAnswered() {
    ImaginedWorld world = world(settings(3));
    world.report(seated(1), Symptom.UNREACHABLE);
    assertThat(seated(1).note()).contains("5 connections in a row failed");
    world.run(8 * S);
    assertThat(last().ejected()).isZero();
    world.report(seated(1), Symptom.FAILING);
    world.run(8 * S);
    assertThat(last().ejected()).isEqualTo(1);
  }

  @Test
  void oneThatWasFoundIllAndIsWellAgainIsNotEjectedAnyMore() {
    ImaginedWorld world = world(settings(3));
    world.report(seated(1), Symptom.FAILING);
    world.setMood(ofSeat(world, 1), Mood.HUNG);
    while (seated(1).state() == ReplicaState.SERVING) {
      world.run(100 * MS);
    }
    world.setMood(ofSeat(world, 1), Mood.FINE);
    world.run(6 * S);
    assertThat(seated(1).state()).isEqualTo(ReplicaState.SERVING);
    assertThat(last().table().roster().weight(1)).isEqualTo(Roster.FULL);
  }

  @Test
  void aReplacementIsNotPunishedForItsForerunner() {
    ImaginedWorld world = world(settings(3));
    world.report(seated(1), Symptom.FAILING);
    world.kill(ofSeat(world, 1));
    world.run(10 * S);
    assertThat(last().ejected()).isZero();
    assertThat(last().table().roster().live()).isEqualTo(3);
  }

  @Test
  void whereEjectionIsOffNothingHappens() {
    ImaginedWorld world = world(settings(3).withEjection(EjectionSettings.OFF));
    assertThat(seated(1).load().failed()).isFalse();
    assertThat(last().ejected()).isZero();
    assertThat(world.running).hasSize(3);
  }

  @Test
  void aReplacementWarmsUpInTenStepsAndEachMovesItsOwnKeysOnly() {
    ImaginedWorld world = world(settings(4).withSlowStart(Duration.ofSeconds(20)));
    assertThat(last().table().roster().totalWeight()).isEqualTo(4L * Roster.FULL);
    world.kill(ofSeat(world, 2));
    FleetView empty = last();
    int seen = views.size();
    world.run(60 * S);

    List<Integer> weights = new ArrayList<>();
    FleetView before = empty;
    for (FleetView view : views.subList(seen, views.size())) {
      int weight = view.table().roster().weight(2);
      if (weight != before.table().roster().weight(2)) {
        weights.add(Math.round(10f * weight / Roster.FULL));
        assertThat(movement(before, view).needless()).isZero();
      }
      before = view;
    }
    assertThat(weights).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(seated(2).share().warmth()).isEqualTo(1);
  }

  @Test
  void aWarmingSeatThatIsAppendedKeepsItsRampUntilItIsFull() {
    ImaginedWorld world = world(settings(3).withSlowStart(Duration.ofSeconds(20)));
    var added = world.add(1);
    while (!added.isDone()) {
      world.run(10 * MS);
    }
    assertThat(last().table().roster().ramping(3)).isTrue();
    assertThat(last().table().roster().weight(3)).isEqualTo(Math.round(0.1f * Roster.FULL));
    world.run(21 * S);
    assertThat(last().table().roster().ramping(3)).isFalse();
    assertThat(last().table().roster().weight(3)).isEqualTo(Roster.FULL);
  }

  @Test
  void aSeatThatIsAloneTakesEverythingAtOnce() {
    ImaginedWorld world = world(settings(1).withSlowStart(Duration.ofSeconds(20)));
    world.kill(ofSeat(world, 0));
    world.run(5 * S);
    assertThat(last().table().roster().weight(0)).isEqualTo(Roster.FULL);
  }

  @Test
  void aCommandedWeightHoldsForTheNextReplicaAndTheNextRingmaster() {
    ImaginedWorld world = world(settings(3));
    var weighed = world.weigh("S2", 0.25);
    assertThat(weighed).isNotDone();
    world.run(S);
    assertThat(weighed.join().table().roster().weight(1)).isEqualTo(16_384);
    world.kill(ofSeat(world, 1));
    world.run(10 * S);
    assertThat(last().table().roster().weight(1)).isEqualTo(16_384);
    world.crash();
    world.run(10 * S);
    assertThat(last().table().roster().weight(1)).isEqualTo(16_384);
    assertThat(seated(1).share().weight()).isEqualTo(0.25);

    var back = world.weigh(seated(1).name(), 1);
    world.run(S);
    assertThat(back.join().table().roster().totalWeight()).isEqualTo(3L * Roster.FULL);
    assertThat(Objects.requireNonNull(world.remembered()).weights()).isEmpty();
  }

  @Test
  void theWeightItHasAlreadyIsAnsweredAtOnce() {
    ImaginedWorld world = world(settings(3));
    assertThat(world.weigh("S1", 1)).isCompleted();
  }

  @Test
  void aWeightOfARemovedSeatIsForgotten() {
    ImaginedWorld world = world(settings(2));
    var _ = world.weigh("S2", 0.5);
    world.run(S);
    world.hear(new Event.Ordered(new Command.Remove(1, List.of("S2"), new CompletableFuture<>())));
    world.run(40 * S);
    var _ = world.add(1);
    world.run(20 * S);
    assertThat(last().table().roster().weight(1)).isEqualTo(Roster.FULL);
  }

  @Test
  void aWeightThatCannotBeIsRefused() {
    ImaginedWorld world = world(settings(2));
    assertThat(refusal(world, "S9", 0.5)).contains("'S9' does not exist");
    assertThat(refusal(world, "S1", 1.5)).contains("between 0 and 1, is 1.5");
    assertThat(refusal(world, "S1", Double.NaN)).contains("between 0 and 1");
    var _ = world.weigh("S1", 0);
    world.run(S);
    assertThat(last().table().roster().live()).isEqualTo(1);
    assertThat(refusal(world, "S2", 0)).contains("no seat would have any weight");
  }

  private static String refusal(ImaginedWorld world, String name, double weight) {
    var reply = world.weigh(name, weight);
    world.run(S);
    return String.valueOf(reply.exceptionNow().getMessage());
  }

  private static Movement movement(FleetView before, FleetView after) {
    return Movement.between(before.table(), after.table(), 2000, new SplittableRandom(1));
  }

  private static FleetSettings settings(int replicas) {
    return FleetSettings.of("web", replicas)
        .withStops(Duration.ofSeconds(30), Duration.ofSeconds(2));
  }

  /// A fleet that has served for 10 s.
  private ImaginedWorld world(FleetSettings settings) {
    ImaginedWorld world = new ImaginedWorld(7, settings, views::add);
    world.run(10 * S);
    return world;
  }

  private FleetView last() {
    return views.getLast();
  }

  private Replica seated(int seat) {
    return Objects.requireNonNull(last().seats().get(seat));
  }

  private ImaginedWorld.Proc ofSeat(ImaginedWorld world, int seat) {
    String name = seated(seat).name();
    return world.running.values().stream()
        .filter(proc -> proc.instance.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
