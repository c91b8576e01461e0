package dev.ringmaster.fleet;

import static dev.ringmaster.fleet.ImaginedWorld.S;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.FleetControl.NotServing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Rolling restarts in the imagined world.
class RollingRestartTest {
  private final List<FleetView> views = new ArrayList<>();

  @Test
  void everyReplicaIsReplacedAndNoSeatIsEverEmpty() {
    ImaginedWorld world = world(settings(4));
    long whole = last().table().fingerprint();
    int seen = views.size();
    CompletableFuture<FleetView> restarted = world.restart();
    world.run(120 * S);

    assertThat(names(restarted.join())).hasSize(4).doesNotContain("S1", "S2", "S3", "S4");
    assertThat(views.subList(seen, views.size()))
        .allMatch(view -> view.table().fingerprint() == whole && view.desired() == 4);
    assertThat(world.running).hasSize(4);
  }

  @Test
  void oneIsReplacedAfterTheOther() {
    ImaginedWorld world = world(settings(4));
    int seen = views.size();
    var _ = world.restart();
    world.run(120 * S);
    for (FleetView view : views.subList(seen, views.size())) {
      long starting =
          view.replicas().stream()
              .filter(r -> r.state() == ReplicaState.STARTING || r.state() == ReplicaState.PROBING)
              .count();
      assertThat(starting).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void sparesAreNewAsWell() {
    ImaginedWorld world = world(settings(2).withSpares(2));
    Set<String> before = names(last());
    CompletableFuture<FleetView> restarted = world.restart();
    world.run(120 * S);
    assertThat(restarted).isCompleted();
    assertThat(names(last())).hasSize(4).doesNotContainAnyElementsOf(before);
  }

  @Test
  void itStopsAndTellsWhereANewOneDoesNotComeUp() {
    ImaginedWorld world = world(settings(3));
    CompletableFuture<FleetView> restarted = world.restart();
    while (names(last()).contains("S1")) {
      world.run(S / 100);
    }
    world.badStarts = 1;
    world.run(120 * S);
    assertThat(restarted.exceptionNow())
        .isInstanceOf(NotServing.class)
        .hasMessageStartingWith("the rolling restart stopped after ")
        .hasMessageContaining(" of 3 replicas: replica S");
    assertThat(last().serving()).isEqualTo(3);
    assertThat(names(last())).contains("S3");
    world.badStarts = 0;
    world.run(120 * S);
    assertThat(names(last())).contains("S3").hasSize(3);
  }

  @Test
  void aSecondOneIsRefusedWhileTheFirstGoesOn() {
    ImaginedWorld world = world(settings(3));
    CompletableFuture<FleetView> first = world.restart();
    CompletableFuture<FleetView> second = world.restart();
    assertThat(second.exceptionNow())
        .hasMessage("a rolling restart is under way: 0 of 3 replicas are new");
    world.run(120 * S);
    assertThat(first).isCompleted();
    assertThat(world.restart()).isNotDone();
  }

  @Test
  void deathsAndRemovalsOnTheWayAreNoReasonToStop() {
    ImaginedWorld world = world(settings(4));
    CompletableFuture<FleetView> restarted = world.restart();
    world.hear(new Event.Ordered(new Command.Remove(1, List.of("S4"), new CompletableFuture<>())));
    world.run(S / 10);
    world.running.values().stream()
        .filter(proc -> proc.instance.name().equals("S3"))
        .findFirst()
        .ifPresent(world::kill);
    world.run(120 * S);
    assertThat(names(restarted.join())).hasSize(3).doesNotContain("S1", "S2", "S3", "S4");
  }

  @Test
  void theNextHasItsTurnWhenTheLastIsWarm() {
    ImaginedWorld world = world(settings(3).withSlowStart(Duration.ofSeconds(20)));
    int seen = views.size();
    CompletableFuture<FleetView> restarted = world.restart();
    world.run(300 * S);
    assertThat(restarted).isCompleted();
    assertThat(views.subList(seen, views.size()))
        .allMatch(
            view -> view.replicas().stream().filter(r -> r.share().warmth() < 1).count() <= 1);
  }

  @Test
  void aStopOfRingmasterEndsIt() {
    ImaginedWorld world = world(settings(3));
    CompletableFuture<FleetView> restarted = world.restart();
    world.close();
    assertThat(restarted.exceptionNow()).hasMessageContaining("Ringmaster is stopping");
    world.run(60 * S);
    assertThat(world.running).isEmpty();
  }

  private static FleetSettings settings(int replicas) {
    return FleetSettings.of("web", replicas)
        .withStops(Duration.ofSeconds(5), Duration.ofSeconds(2));
  }

  private ImaginedWorld world(FleetSettings settings) {
    ImaginedWorld world = new ImaginedWorld(11, settings, views::add);
    world.run(10 * S);
    return world;
  }

  private FleetView last() {
    return views.getLast();
  }

  private static Set<String> names(FleetView view) {
    Set<String> names = new HashSet<>();
    for (Replica replica : view.replicas()) {
      if (replica.state() != ReplicaState.DRAINING) {
        names.add(replica.name());
      }
    }
    return names;
  }
}
