package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RosterTest {

  @Test
  void aNewRosterIsFull() {
    Roster roster = Roster.of("a", "b");
    assertThat(roster.version()).isEqualTo(1);
    assertThat(roster.size()).isEqualTo(2);
    assertThat(roster.live()).isEqualTo(2);
    assertThat(roster.totalWeight()).isEqualTo(2L * Roster.FULL);
    assertThat(roster.label(1)).isEqualTo("b");
  }

  @Test
  void aGrownSeatIsEmptyAndRampsUntilItIsFull() {
    Roster grown = Roster.of("a").grown("b");
    assertThat(grown.weight(1)).isZero();
    assertThat(grown.ramping(1)).isTrue();
    Roster warming = grown.weighted(1, 100);
    assertThat(warming.ramping(1)).isTrue();
    Roster full = warming.weighted(1, Roster.FULL);
    assertThat(full.ramping(1)).isFalse();
    assertThat(full.weighted(1, 100).ramping(1)).isFalse();
  }

  @Test
  void eachChangeCountsTheVersionUpAndNoneDoesNot() {
    Roster roster = Roster.of("a", "b");
    assertThat(roster.weighted(0, 5).grown("c").version()).isEqualTo(3);
    assertThat(roster.weighted(0, Roster.FULL)).isSameAs(roster);
    assertThat(roster.reweighted(roster::weight)).isSameAs(roster);
  }

  @Test
  void aSeatOfAnotherLabelIsEmptyAndNoNewOne() {
    Roster roster = Roster.of("a", "b").relabelled(0, "c");
    assertThat(roster.label(0)).isEqualTo("c");
    assertThat(roster.weight(0)).isZero();
    assertThat(roster.ramping(0)).isFalse();
    assertThat(roster.version()).isEqualTo(2);
    assertThat(roster.relabelled(0, "a").label(0)).isEqualTo("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> roster.relabelled(0, "b"))
        .withMessageContaining("'b' is taken by another seat");
  }

  @Test
  void manyWeightsChangeInOneStep() {
    Roster roster = Roster.of("a", "b", "c").reweighted(seat -> seat * 10);
    assertThat(roster.version()).isEqualTo(2);
    assertThat(roster.live()).isEqualTo(2);
    assertThat(roster.totalWeight()).isEqualTo(30);
    assertThat(roster.liveSeats()).containsExactly(1, 2);
  }

  @Test
  void aWeightOutsideSixteenBitsIsRefused() {
    Roster roster = Roster.of("a");
    assertThatIllegalArgumentException().isThrownBy(() -> roster.weighted(0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> roster.weighted(0, Roster.FULL + 1))
        .withMessage("weight 65536 is not in 0..65535");
  }

  @Test
  void aLabelStandsForOneSeat() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Roster.of("a", "a"))
        .withMessageContaining("'a' is taken");
    assertThatIllegalArgumentException().isThrownBy(() -> Roster.of("a").grown("a"));
  }
}
