package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.FleetControl.NotServing;
import dev.ringmaster.fleet.FleetControl.Refusal;
import dev.ringmaster.fleet.Orders.Answer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// When commands are answered, and how.
class OrdersTest {
  private final Orders orders = new Orders();
  private final CompletableFuture<FleetView> reply = new CompletableFuture<>();

  @Test
  void commandsHaveTheirTurnInOrder() {
    Command first = new Command.Drain("a", new CompletableFuture<>());
    Command second = new Command.Drain("b", new CompletableFuture<>());
    orders.take(first);
    orders.take(second);
    assertThat(orders.next()).isSameAs(first);
    assertThat(orders.next()).isSameAs(second);
    assertThat(orders.next()).isNull();
  }

  @Test
  void moreThanMayWaitAreRefused() {
    for (int i = 0; i < 1024; i++) {
      orders.take(new Command.Drain("a", new CompletableFuture<>()));
    }
    assertThat(orders.answers()).isEmpty();
    orders.take(new Command.Drain("one too many", reply));
    assertThat(failure()).isInstanceOf(Refusal.class).hasMessageContaining("too many commands");
  }

  @Test
  void anAddIsDoneWhenTheLastOfItsReplicasServes() {
    orders.awaitServing(reply, List.of(1L, 2L));
    orders.served(2);
    orders.served(2);
    assertThat(orders.answers()).isEmpty();
    orders.served(1);
    assertThat(orders.answers()).containsExactly(new Answer(reply, null));
    orders.served(1);
    assertThat(orders.answers()).isEmpty();
  }

  @Test
  void anAddOfNothingIsDoneAtOnce() {
    orders.awaitServing(reply, List.of());
    assertThat(orders.answers()).hasSize(1);
  }

  @Test
  void anAddFailsWithTheFirstThatIsLost() {
    orders.awaitServing(reply, List.of(1L, 2L));
    orders.lost(2, "S2 ended");
    assertThat(failure()).isInstanceOf(NotServing.class).hasMessage("S2 ended");
    orders.served(1);
    assertThat(orders.answers()).isEmpty();
  }

  @Test
  void aHandoverIsDoneWhenTheReplicaHasLeft() {
    orders.awaitHandover(reply, 7);
    assertThat(orders.leaving(7)).isTrue();
    assertThat(orders.leaving(8)).isFalse();
    orders.left(8);
    assertThat(orders.answers()).isEmpty();
    orders.left(7);
    assertThat(orders.answers()).containsExactly(new Answer(reply, null));
    assertThat(orders.leaving(7)).isFalse();
  }

  @Test
  void aHandoverWithoutASuccessorFailsAndTheReplicaStays() {
    orders.awaitHandover(reply, 7);
    orders.successorLost("S9 does not start");
    assertThat(failure()).hasMessage("no successor, so it stays: S9 does not start");
    assertThat(orders.leaving(7)).isFalse();
  }

  @Test
  void oneThatIsUnwellLeavesUnlessItRecovers() {
    orders.replaceUnwell(7);
    assertThat(orders.leaving(7)).isTrue();
    orders.recovered(7);
    assertThat(orders.leaving(7)).isFalse();
    orders.replaceUnwell(7);
    orders.successorLost("S9 does not start");
    assertThat(orders.leaving(7)).isFalse();
    assertThat(orders.answers()).isEmpty();
  }

  @Test
  void aRolloutGoesFromOneToTheNextAndIsDoneAfterTheLast() {
    Rollout rollout = new Rollout(reply, List.of(1L, 2L));
    orders.begin(rollout);
    assertThat(rollout.next()).isEqualTo(1);
    assertThat(orders.leaving(1)).isTrue();
    assertThat(orders.leaving(2)).isFalse();
    assertThat(rollout.busy()).isTrue();
    orders.left(1);
    assertThat(rollout.busy()).isFalse();
    assertThat(rollout.progress()).isEqualTo("1 of 2 replicas");
    assertThat(rollout.next()).isEqualTo(2);
    orders.left(2);
    assertThat(rollout.next()).isNull();
    orders.rolloutDone();
    assertThat(orders.answers()).containsExactly(new Answer(reply, null));
    assertThat(orders.rollout()).isNull();
  }

  @Test
  void aRolloutThatStopsSaysHowFarItCame() {
    Rollout rollout = new Rollout(reply, List.of(1L, 2L, 3L));
    orders.begin(rollout);
    rollout.next();
    orders.left(1);
    rollout.next();
    orders.stopRollout("S9 does not start");
    assertThat(failure())
        .isInstanceOf(NotServing.class)
        .hasMessage("the rolling restart stopped after 1 of 3 replicas: S9 does not start");
    assertThat(orders.leaving(2)).isFalse();
    orders.stopRollout("again");
    assertThat(orders.answers()).isEmpty();
  }

  @Test
  void whenNothingWillBeDoneAnyMoreAllAreTold() {
    CompletableFuture<FleetView> started = new CompletableFuture<>();
    CompletableFuture<FleetView> handedOver = new CompletableFuture<>();
    CompletableFuture<FleetView> restarted = new CompletableFuture<>();
    orders.take(new Command.Restart(reply));
    orders.awaitServing(started, List.of(1L));
    orders.awaitHandover(handedOver, 2);
    orders.begin(new Rollout(restarted, List.of(3L)));
    orders.refuseAll("Ringmaster is stopping");
    assertThat(orders.answers())
        .extracting(Answer::to)
        .containsExactlyInAnyOrder(reply, started, handedOver, restarted);
  }

  private Exception failure() {
    List<Answer> answers = orders.answers();
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().to()).isSameAs(reply);
    Exception failure = answers.getFirst().failure();
    assertThat(failure).isNotNull();
    return Objects.requireNonNull(failure);
  }
}
