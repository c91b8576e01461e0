package dev.ringmaster.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.fleet.fixed.Given;
import dev.ringmaster.fleet.health.Sign;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A fleet of given targets is given others while it runs. Every target answers its heartbeats.
class RetargetingTest {
  private static final long STEP_NS = SECONDS.toNanos(1);

  private Supervisor supervisor = supervisor("a:1", "b:1", "c:1");
  private long nowNs;

  private static Given given(String name, double weight, int port) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("host", port);
    return new Given(new Instance(name, name, address), weight);
  }

  private static List<Given> givens(String... names) {
    return List.of(names).stream().map(name -> given(name, 1, 1)).toList();
  }

  private Supervisor supervisor(String... names) {
    return supervisor(FleetSettings.of("web", names.length), names);
  }

  private Supervisor supervisor(FleetSettings settings, String... names) {
    List<Instance> targets = givens(names).stream().map(Given::instance).toList();
    Supervisor made =
        new Supervisor(
            settings,
            Opening.ofTargets(targets, null, _ -> 1),
            Instant.EPOCH,
            new SplittableRandom(1),
            new CompletableFuture<>());
    supervisor = made;
    passes();
    return made;
  }

  /// Time passes, and what is asked of the world is done.
  private void passes() {
    for (int i = 0; i < 4; i++) {
      nowNs += STEP_NS;
      step(new Event.Tick());
    }
  }

  private void step(Event event) {
    List<Event> events = new ArrayList<>(List.of(event));
    while (!events.isEmpty()) {
      for (Effect effect : supervisor.step(events.removeFirst(), nowNs)) {
        if (effect instanceof Effect.Beat(long id, var instance)) {
          events.add(new Event.Seen(id, new Sign.Answered(200)));
        } else if (effect instanceof Effect.Halt(long id, var instance, var grace)) {
          events.add(new Event.Stopped(id));
        } else if (effect instanceof Effect.Save(long revision, var file)) {
          events.add(new Event.Saved(revision));
        } else if (effect instanceof Effect.Reply(var to, var view, var failure)) {
          var _ = failure == null ? to.complete(view) : to.completeExceptionally(failure);
        }
      }
    }
  }

  private FleetView retarget(List<Given> targets) {
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    step(new Event.Ordered(new Command.Retarget(targets, reply)));
    passes();
    assertThat(reply).isCompleted();
    return supervisor.view();
  }

  private Replica replica(String name) {
    return supervisor.view().replicas().stream()
        .filter(replica -> replica.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> seats() {
    return supervisor.view().seats().stream()
        .map(replica -> replica == null ? "" : replica.name())
        .toList();
  }

  @Test
  void targetsThatStayKeepTheirSeatsAndTheirLoad() {
    Load load = replica("c:1").load();
    FleetView view = retarget(givens("c:1", "a:1", "d:1"));
    assertThat(view.desired()).isEqualTo(3);
    assertThat(view.serving()).isEqualTo(3);
    assertThat(seats()).containsExactly("a:1", "d:1", "c:1");
    assertThat(view.table().roster().label(1)).isEqualTo("d:1");
    assertThat(replica("c:1").load()).isSameAs(load);
  }

  @Test
  void onlyTheKeysOfTargetsThatGoMove() {
    for (Scheme scheme : List.of(new Scheme.Seats(), new Scheme.Rendezvous())) {
      supervisor(FleetSettings.of("web", 3).withScheme(scheme), "a:1", "b:1", "c:1");
      Table before = supervisor.view().table();
      Table after = retarget(givens("a:1", "c:1")).table();
      SplittableRandom keys = new SplittableRandom(7);
      for (int i = 0; i < 10_000; i++) {
        long key = keys.nextLong();
        int owner = before.owner(key);
        assertThat(after.owner(key))
            .isEqualTo(owner == 1 ? after.owner(key) : owner)
            .isNotEqualTo(1);
      }
    }
  }

  @Test
  void moreTargetsGrowTheTable() {
    retarget(givens("a:1", "b:1", "c:1", "d:1", "e:1"));
    assertThat(seats()).containsExactly("a:1", "b:1", "c:1", "d:1", "e:1");
    assertThat(supervisor.view().serving()).isEqualTo(5);
  }

  @Test
  void aTargetThatComesBackHasItsOldSeat() {
    retarget(givens("c:1"));
    assertThat(seats()).containsExactly("", "", "c:1");
    retarget(givens("x:1", "b:1", "c:1"));
    assertThat(seats()).containsExactly("x:1", "b:1", "c:1");
    retarget(givens("c:1"));
    retarget(givens("b:1", "c:1"));
    assertThat(seats()).containsExactly("", "b:1", "c:1");
  }

  @Test
  void requestsToATargetThatGoesMayEnd() {
    Load load = replica("b:1").load();
    load.begin();
    retarget(givens("a:1", "c:1"));
    assertThat(replica("b:1").state()).isEqualTo(ReplicaState.DRAINING);
    assertThat(replica("b:1").seat()).isEqualTo(Replica.SPARE);
    load.end();
    passes();
    assertThat(supervisor.view().replicas())
        .extracting(Replica::name)
        .containsExactly("a:1", "c:1");
  }

  @Test
  void theyHaveTheDrainTimeAndNoMore() {
    replica("b:1").load().begin();
    retarget(givens("a:1", "c:1"));
    nowNs += Duration.ofMinutes(1).toNanos();
    passes();
    assertThat(supervisor.view().replicas()).hasSize(2);
  }

  @Test
  void aDrainedTargetStaysDrainedOrGoes() {
    step(new Event.Ordered(new Command.Drain("b:1", new CompletableFuture<>())));
    step(new Event.Ordered(new Command.Drain("c:1", new CompletableFuture<>())));
    retarget(givens("a:1", "b:1", "d:1"));
    assertThat(replica("b:1").state()).isEqualTo(ReplicaState.DRAINING);
    assertThat(seats()).containsExactly("a:1", "b:1", "d:1");
    assertThat(supervisor.view().replicas()).hasSize(3);
  }

  @Test
  void aWeightThatTheSettingsChangeIsTheLastCommand() {
    step(new Event.Ordered(new Command.Weigh("a:1", 0.5, new CompletableFuture<>())));
    step(new Event.Ordered(new Command.Weigh("b:1", 0.5, new CompletableFuture<>())));
    retarget(List.of(given("a:1", 1, 1), given("b:1", 0.25, 1), given("d:1", 0.75, 1)));
    assertThat(supervisor.view().seats())
        .extracting(replica -> replica == null ? -1 : replica.share().weight())
        .containsExactly(0.5, 0.25, 0.75);
  }

  @Test
  void aTargetWithAnotherAddressIsAnotherServerOnItsSeat() {
    Load before = replica("b:1").load();
    retarget(List.of(given("a:1", 1, 1), given("b:1", 1, 2), given("c:1", 1, 1)));
    assertThat(seats()).containsExactly("a:1", "b:1", "c:1");
    assertThat(replica("b:1").address().getPort()).isEqualTo(2);
    assertThat(replica("b:1").load()).isNotSameAs(before);
    assertThat(supervisor.view().serving()).isEqualTo(3);
  }

  @Test
  void aFleetThatClosesLeavesItsTargetsInTheLastView() {
    FleetView last = supervisor.view();
    step(new Event.Closing());
    passes();
    assertThat(supervisor.finished()).isTrue();
    assertThat(supervisor.view()).isSameAs(last);
  }

  @Test
  void aFleetThatRunsItsReplicasHasNoTargets() {
    supervisor =
        new Supervisor(
            FleetSettings.of("web", 0),
            Opening.of(FleetSettings.of("web", 0), null, List.of(), new SplittableRandom(1)),
            Instant.EPOCH,
            new SplittableRandom(1),
            new CompletableFuture<>());
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    step(new Event.Ordered(new Command.Retarget(givens("a:1"), reply)));
    assertThatThrownBy(reply::join)
        .hasCauseInstanceOf(FleetControl.Refusal.class)
        .hasMessageContaining("no targets are given");
  }
}
