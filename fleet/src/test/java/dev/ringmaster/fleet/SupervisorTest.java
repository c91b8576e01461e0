package dev.ringmaster.fleet;

import static dev.ringmaster.fleet.ImaginedWorld.MS;
import static dev.ringmaster.fleet.ImaginedWorld.S;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.fleet.ImaginedWorld.Mood;
import dev.ringmaster.fleet.ImaginedWorld.Proc;
import dev.ringmaster.ring.RingFullException;
import dev.ringmaster.ring.Scheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Scenes from the life of a fleet in the imagined world.
class SupervisorTest {
  private final List<FleetView> views = new ArrayList<>();

  @Test
  void noReplicaTakesTrafficBeforeItsHeartbeatAnswers() {
    ImaginedWorld world = world(3, 0);
    assertThat(world.supervisor.view().table().roster().live()).isZero();
    world.run(10 * S);
    assertThat(views.getLast().serving()).isEqualTo(3);
    assertThat(views.getLast().replicas())
        .extracting(Replica::name)
        .containsExactly("S1", "S2", "S3");
  }

  @Test
  void aDeadSeatIsEmptyInTheNextViewAndItsKeysComeHome() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    long whole = views.getLast().table().fingerprint();
    int seen = views.size();

    world.kill(named(world, "S2"));

    assertThat(views.get(seen).table().roster().weight(1)).isZero();
    assertThat(views.get(seen).table().roster().live()).isEqualTo(2);
    assertThat(Objects.requireNonNull(views.getLast().seats().get(1)).name()).matches("S[0-9]{6}");
    world.run(10 * S);
    assertThat(views.getLast().table().fingerprint()).isEqualTo(whole);
  }

  @Test
  void twentyAddsSideBySideEndInTwentyThree() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    List<CompletableFuture<FleetView>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(world.add(1));
    }
    world.run(60 * S);
    assertThat(replies).allMatch(reply -> reply.isDone() && !reply.isCompletedExceptionally());
    assertThat(views.getLast().desired()).isEqualTo(23);
    assertThat(views.getLast().serving()).isEqualTo(23);
  }

  @Test
  void aRemovedSeatIsTheNextOneToBeTaken() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    CompletableFuture<FleetView> removed = new CompletableFuture<>();
    world.hear(new Event.Ordered(new Command.Remove(1, List.of("S2"), removed)));
    world.run(S);
    assertThat(removed.join().seats().get(1)).isNull();
    assertThat(removed.join().table().roster().weight(1)).isZero();

    CompletableFuture<FleetView> added = new CompletableFuture<>();
    world.hear(new Event.Ordered(new Command.Add(2, List.of("a", "b"), added)));
    world.run(10 * S);
    assertThat(seated(added.join(), 1).name()).isEqualTo("a");
    assertThat(seated(added.join(), 3).name()).isEqualTo("b");
    assertThat(added.join().replicas())
        .extracting(Replica::name)
        .containsExactly("S1", "S3", "a", "b");
  }

  @Test
  void aRemovedNameMayBeUsedAgainAtOnce() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    CompletableFuture<FleetView> removed = new CompletableFuture<>();
    world.hear(new Event.Ordered(new Command.Remove(1, List.of("S2"), removed)));
    CompletableFuture<FleetView> added = new CompletableFuture<>();
    world.hear(new Event.Ordered(new Command.Add(1, List.of("S2"), added)));
    world.run(20 * S);
    assertThat(seated(added.join(), 1).name()).isEqualTo("S2");
  }

  @Test
  void requestsInFlightEndBeforeARemovedReplicaStops() {
    ImaginedWorld world = world(2, 0);
    world.run(10 * S);
    seated(views.getLast(), 0).load().begin();
    world.hear(new Event.Ordered(new Command.Remove(1, List.of("S1"), new CompletableFuture<>())));
    world.run(2 * S);
    assertThat(world.running).hasSize(2);
    views.getLast().replicas().getFirst().load().end();
    world.run(S);
    assertThat(world.running).hasSize(1);
  }

  @Test
  void aDrainHandsTheSeatOverWithoutAMomentEmpty() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    int seen = views.size();
    CompletableFuture<FleetView> drained = world.drain("S2");
    world.run(20 * S);
    assertThat(seated(drained.join(), 1).name()).isNotEqualTo("S2");
    assertThat(views.subList(seen, views.size()))
        .allMatch(view -> view.table().roster().live() == 3 && view.desired() == 3);
    assertThat(world.running).hasSize(3);
  }

  @Test
  void aSpareTakesTheSeatInTheSameStep() {
    ImaginedWorld world = world(2, 1);
    world.run(10 * S);
    assertThat(views.getLast().serving()).isEqualTo(2);
    int seen = views.size();
    world.kill(named(world, "S1"));
    assertThat(views.get(seen).serving()).isEqualTo(2);
    world.run(10 * S);
    assertThat(world.running).hasSize(3);
  }

  @Test
  void aReplicaThatAnswersItsHeartbeatsWithErrorsIsReplacedWhenASuccessorServes() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    world.setMood(named(world, "S2"), Mood.ERRING);
    world.run(50 * S);
    assertThat(seated(views.getLast(), 1).state()).isEqualTo(ReplicaState.SUSPECT);
    assertThat(world.running).hasSize(3);
    int seen = views.size();
    world.run(60 * S);
    assertThat(seated(views.getLast(), 1).name()).isNotEqualTo("S2");
    assertThat(views.getLast().serving()).isEqualTo(3);
    assertThat(world.running).hasSize(3);
    assertThat(views.subList(seen, views.size())).allMatch(view -> view.seats().get(1) != null);
  }

  @Test
  void oneThatErrsAndRecoversWhileItsSuccessorStartsStays() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    Proc erring = named(world, "S2");
    world.setMood(erring, Mood.ERRING);
    while (views.getLast().replicas().size() == 3) {
      world.run(10 * MS);
    }
    world.setMood(erring, Mood.FINE);
    world.badStarts = 1;
    world.run(120 * S);
    assertThat(seated(views.getLast(), 1).name()).isEqualTo("S2");
    assertThat(world.running).hasSize(3);
  }

  @Test
  void aHungReplicaThatAnswersAgainComesBack() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    Proc hung = named(world, "S3");
    world.setMood(hung, Mood.HUNG);
    while (views.getLast().serving() == 3) {
      world.run(100 * MS);
    }
    assertThat(seated(views.getLast(), 2).state()).isEqualTo(ReplicaState.SUSPECT);
    world.setMood(hung, Mood.FINE);
    world.run(20 * S);
    assertThat(seated(views.getLast(), 2).name()).isEqualTo("S3");
    assertThat(views.getLast().serving()).isEqualTo(3);
  }

  @Test
  void aStopLeavesNothingAndTheNextStartUsesTheOldNames() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    world.close();
    world.run(10 * S);
    assertThat(world.running).isEmpty();
    assertThat(world.supervisor.finished()).isTrue();
    world.crash();
    world.run(10 * S);
    assertThat(views.getLast().replicas())
        .extracting(Replica::name)
        .containsExactly("S1", "S2", "S3");
  }

  @Test
  void theClassicMapRefusesMoreServersThanItHoldsAndChangesNothing() {
    ImaginedWorld world = new ImaginedWorld(7, classic(56), views::add);
    world.run(60 * S);
    CompletableFuture<FleetView> added = world.add(1);
    world.run(S);
    assertThat(added)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("server 57 finds no slot");
    assertThat(views.getLast().desired()).isEqualTo(56);
    assertThatThrownBy(() -> new ImaginedWorld(7, classic(57), views::add))
        .isInstanceOf(RingFullException.class);
  }

  @Test
  void aNamedReplicaThatDiesBeforeItIsRemovedStillTakesOneSeatWithIt() {
    ImaginedWorld world = world(3, 0);
    world.run(10 * S);
    Proc victim = named(world, "S2");
    CompletableFuture<FleetView> removed = new CompletableFuture<>();
    world.hear(new Event.Ordered(new Command.Remove(1, List.of("S2"), removed)));
    world.kill(victim);
    world.run(60 * S);
    assertThat(removed).isCompleted();
    assertThat(views.getLast().desired()).isEqualTo(2);
    assertThat(views.getLast().serving()).isEqualTo(2);
    assertThat(views.getLast().seats()).filteredOn(Objects::nonNull).hasSize(2);
  }

  private static FleetSettings classic(int replicas) {
    return FleetSettings.of("web", replicas).withScheme(Scheme.Classic.standard());
  }

  @Test
  void aRefusedTransitionNamesBothStates() {
    Member member = new Member(0, "S1", 0, new Load(), () -> {});
    assertThatThrownBy(() -> member.to(ReplicaState.SERVING, "", 0))
        .hasMessageContaining("S1 cannot go from STARTING to SERVING");
  }

  private ImaginedWorld world(int replicas, int spares) {
    FleetSettings settings =
        FleetSettings.of("web", replicas)
            .withSpares(spares)
            .withStops(Duration.ofSeconds(30), Duration.ofSeconds(2));
    return new ImaginedWorld(7, settings, views::add);
  }

  private static Proc named(ImaginedWorld world, String name) {
    return world.running.values().stream()
        .filter(proc -> proc.instance.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Replica seated(FleetView view, int seat) {
    return Objects.requireNonNull(view.seats().get(seat));
  }
}
