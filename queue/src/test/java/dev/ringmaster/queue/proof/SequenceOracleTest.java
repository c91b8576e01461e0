package dev.ringmaster.queue.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceOracleTest {
  private final SequenceOracle oracle = new SequenceOracle();

  private void deliver(long n) {
    oracle.arrived("r1", "a", n);
    oracle.handled("r1", "a", n);
  }

  @Test
  void allIsWellWhenAllIsWell() {
    for (long n = 1; n <= 3; n++) {
      oracle.confirmed("a", n);
      deliver(n);
      oracle.ended("a", n);
    }
    assertThat(oracle.verdicts().isGood()).isTrue();
  }

  @Test
  void aMissingMessageIsLost() {
    oracle.confirmed("a", 1);
    assertThat(oracle.verdicts().lost()).isEqualTo(1);
  }

  @Test
  void anEndWithoutAHandlingIsALoss() {
    oracle.confirmed("a", 1);
    oracle.ended("a", 1);
    assertThat(oracle.verdicts().lost()).isEqualTo(1);
  }

  @Test
  void aLaterOneFirstIsOutOfOrder() {
    deliver(2);
    deliver(1);
    assertThat(oracle.verdicts().outOfOrder()).isEqualTo(1);
  }

  @Test
  void twoOfAKeyAtOnceAreTogether() {
    oracle.arrived("r1", "a", 1);
    oracle.arrived("r1", "a", 2);
    assertThat(oracle.verdicts().together()).isEqualTo(1);
  }

  @Test
  void aDeliveryAfterTheConfirmedEndIsSeen() {
    deliver(1);
    oracle.ended("a", 1);
    deliver(1);
    assertThat(oracle.verdicts().afterEnd()).isEqualTo(1);
  }

  @Test
  void aRepetitionIsAllowedOnceForACrash() {
    deliver(1);
    oracle.crashed("r1");
    deliver(1);
    assertThat(oracle.verdicts().isGood()).isTrue();
    deliver(1);
    assertThat(oracle.verdicts().isGood()).isFalse();
  }

  @Test
  void whatADeadOwnerStillHandlesReachesNobody() {
    oracle.confirmed("a", 1);
    oracle.arrived("r1", "a", 1);
    oracle.crashed("r1");
    oracle.handled("r1", "a", 1);
    assertThat(oracle.verdicts().lost()).isEqualTo(1);
    oracle.arrived("r2", "a", 1);
    oracle.handled("r2", "a", 1);
    assertThat(oracle.verdicts().isGood()).isTrue();
  }
}
