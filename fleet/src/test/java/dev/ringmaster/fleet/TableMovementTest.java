package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.FleetStats.TableChange;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How much a change of the table moved, as the metrics tell it.
class TableMovementTest {
  private final Table whole = new Scheme.Seats().table(Roster.of("a", "b", "c", "d"));

  @Test
  void aDeathMovesTheShareOfItsSeat() {
    TableChange change = Movement.between(whole, whole.over(whole.roster().weighted(1, 0)));
    assertThat(change.seatsChanged()).isEqualTo(1);
    assertThat(change.version()).isEqualTo(whole.roster().version() + 1);
    assertThat(change.shareMoved()).isBetween(0.2, 0.3);
  }

  @Test
  void aGrownSeatThatWeighsNothingMovesNothing() {
    TableChange change = Movement.between(whole, whole.over(whole.roster().grown("e")));
    assertThat(change.seatsChanged()).isEqualTo(1);
    assertThat(change.shareMoved()).isZero();
  }

  @Test
  void theNewestChangeIsMeasuredInTheEnd() {
    Movement movement = new Movement(whole);
    assertThat(movement.last()).isEqualTo(TableChange.NONE);
    Table table = whole;
    for (int i = 0; i < 20; i++) {
      table = table.over(table.roster().weighted(i % 4, i % 2 == 0 ? 0 : Roster.FULL));
      movement.to(table);
    }
    long newest = table.roster().version();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(movement.last().version()).isEqualTo(newest));
  }
}
