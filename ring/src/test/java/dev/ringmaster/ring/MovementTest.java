package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MovementTest {
  private static final int KEYS = 100_000;

  @Test
  void aDeathMovesOneSeatsShareAndNoneNeedlessly() {
    Table table = new Scheme.Seats().table(Rosters.full(10));
    Movement movement = between(table, table.over(table.roster().weighted(3, 0)));
    assertThat(movement.movedShare()).isEqualTo(0.1, within(0.005));
    assertThat(movement.needless()).isZero();
  }

  @Test
  void growthMovesTheNewSeatsShare() {
    Table table = new Scheme.Seats().table(Rosters.full(9));
    Table grown = table.over(table.roster().grown("new").weighted(9, Roster.FULL));
    Movement movement = between(table, grown);
    assertThat(movement.movedShare()).isEqualTo(0.1, within(0.005));
    assertThat(movement.needless()).isZero();
  }

  @Test
  void maglevMovesAFewMoreThanItMust() {
    Table table = Scheme.named("maglev").table(Rosters.full(10));
    Movement movement = between(table, table.over(table.roster().weighted(3, 0)));
    assertThat(movement.needless()).isPositive();
    assertThat(movement.needlessShare()).isLessThan(0.05);
  }

  @Test
  void nothingMovesBetweenEqualTables() {
    Table table = new Scheme.Jump().table(Rosters.full(10));
    assertThat(between(table, table.over(table.roster()))).isEqualTo(new Movement(KEYS, 0, 0));
  }

  @Test
  void theFirstSeatAndTheLastDeathMoveEverythingAndNothingNeedlessly() {
    Table nobody = new Scheme.Seats().table(Rosters.full(1).weighted(0, 0));
    Table one = nobody.over(nobody.roster().weighted(0, Roster.FULL));
    assertThat(between(nobody, one)).isEqualTo(new Movement(KEYS, KEYS, 0));
    assertThat(between(one, nobody)).isEqualTo(new Movement(KEYS, KEYS, 0));
  }

  private static Movement between(Table before, Table after) {
    return Movement.between(before, after, KEYS, new SplittableRandom(11));
  }
}
