package dev.ringmaster.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.admission.WaitingRoom.Entry;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.testing.FakeFleet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// The room by itself; what would run on event loops runs when the test says so.
class WaitingRoomTest {
  private static final long CLIENT = 1;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> called = new ArrayList<>();
  private final FleetView view = FakeFleet.at(1, 2).view();
  private final WaitingRoom room = room(1, 100);

  private static WaitingRoom room(int inFlight, int waiting) {
    return new WaitingRoom(ConcurrencyLimit.NONE.withInFlight(inFlight).withWaiting(waiting));
  }

  private Replica replica(int seat) {
    return Objects.requireNonNull(view.seats().get(seat));
  }

  private void fillUp() {
    assertThat(room.take(replica(0))).isTrue();
    assertThat(room.take(replica(1))).isTrue();
    assertThat(room.take(replica(0))).isFalse();
  }

  private Waiter waiter(String name, long client, Load... shunned) {
    return new Waiter(
        client,
        List.of(shunned),
        tasks::add,
        (waiter, replica) -> called.add(name + " at " + replica.name()));
  }

  private Waiter enter(String name) {
    Waiter waiter = waiter(name, CLIENT);
    assertThat(room.enter(waiter, view)).isEqualTo(Entry.WAITS);
    return waiter;
  }

  private void end(int seat) {
    replica(seat).load().end();
    room.freed(replica(seat), view);
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  @Test
  void placesAreGivenInTheOrderOfArrival() {
    fillUp();
    enter("a");
    enter("b");
    enter("c");
    end(1);
    end(0);
    runTasks();
    assertThat(called).containsExactly("a at S2", "b at S1");
    assertThat(room.waiting()).isEqualTo(1);
    assertThat(room.empty()).isFalse();
  }

  @Test
  void aPlaceThatIsGivenIsHeldUntilItIsTaken() {
    fillUp();
    enter("a");
    end(0);
    assertThat(replica(0).load().inFlight()).isEqualTo(1);
    assertThat(room.take(replica(0))).isFalse();
  }

  @Test
  void whoLeavesIsNotCalled() {
    fillUp();
    Waiter gone = enter("a");
    enter("b");
    assertThat(room.leave(gone)).isTrue();
    end(0);
    runTasks();
    assertThat(called).containsExactly("b at S1");
    assertThat(room.waiting()).isZero();
  }

  @Test
  void whoLeavesTooLateHearsOfItsPlaceAndGivesItBack() {
    fillUp();
    Waiter late = enter("a");
    enter("b");
    end(0);
    assertThat(room.leave(late)).isFalse();
    runTasks();
    assertThat(called).containsExactly("a at S1");
    end(0);
    runTasks();
    assertThat(called).containsExactly("a at S1", "b at S1");
  }

  @Test
  void whoComesWhenAPlaceIsFreeStandsBehindThoseWhoWait() {
    fillUp();
    enter("a");
    replica(0).load().end();
    enter("b");
    runTasks();
    assertThat(called).containsExactly("a at S1");
  }

  @Test
  void whoWaitsWhileAPlaceIsFreedMissesNothing() {
    fillUp();
    replica(0).load().end();
    enter("a");
    runTasks();
    assertThat(called).containsExactly("a at S1");
  }

  @Test
  void aReplicaThatHasFailedTheRequestIsLeftToTheNextInLine() {
    fillUp();
    Waiter picky = waiter("a", CLIENT, replica(0).load());
    assertThat(room.enter(picky, view)).isEqualTo(Entry.WAITS);
    end(0);
    assertThat(tasks).isEmpty();
    assertThat(replica(0).load().inFlight()).isZero();
    enter("b");
    end(1);
    runTasks();
    assertThat(called).containsExactly("b at S1", "a at S2");
  }

  @Test
  void aFullRoomRefuses() {
    WaitingRoom small = room(1, 2);
    assertThat(small.take(replica(0))).isTrue();
    assertThat(small.take(replica(1))).isTrue();
    assertThat(small.enter(waiter("a", 1), view)).isEqualTo(Entry.WAITS);
    assertThat(small.enter(waiter("b", 2), view)).isEqualTo(Entry.WAITS);
    assertThat(small.enter(waiter("c", 3), view)).isEqualTo(Entry.FULL);
    assertThat(small.waiting()).isEqualTo(2);
  }

  @Test
  void aRoomWithoutPlacesRefusesAtOnce() {
    WaitingRoom none = room(1, 0);
    assertThat(none.enter(waiter("a", 1), view)).isEqualTo(Entry.FULL);
    assertThat(none.waiting()).isZero();
  }

  @Test
  void oneClientMayHaveAQuarterOfThePlaces() {
    fillUp();
    for (int i = 0; i < 25; i++) {
      enter("greedy");
    }
    assertThat(room.enter(waiter("greedy", CLIENT), view)).isEqualTo(Entry.CLIENT_FULL);
    assertThat(room.enter(waiter("other", 2), view)).isEqualTo(Entry.WAITS);
  }

  @Test
  void aReplicaThatHasLeftItsSeatOrMayNotBeUsedIsGivenToNobody() {
    fillUp();
    enter("a");
    Replica left = replica(0);
    FleetView later = FakeFleet.viewOf(2, java.util.Arrays.asList(null, replica(1)));
    left.load().end();
    room.freed(left, later);
    room.serve(later);
    assertThat(tasks).isEmpty();
    assertThat(left.load().inFlight()).isZero();
  }

  @Test
  void aReplicaThatComesServesTheLine() {
    fillUp();
    enter("a");
    enter("b");
    FleetView later =
        FakeFleet.viewOf(3, List.of(replica(0), replica(1), FakeFleet.replica("S3", 2, 3)));
    room.serve(later);
    runTasks();
    assertThat(called).containsExactly("a at S3");
  }
}
