package dev.ringmaster.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.health.Pulse.Vital;
import dev.ringmaster.fleet.health.Sign.Cause;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final HealthSettings SETTINGS = HealthSettings.DEFAULTS;
  private static final Sign FINE = new Sign.Answered(200);
  private static final Sign SILENT = new Sign.Missed(Cause.TIMED_OUT);
  private static final Sign REFUSED = new Sign.Missed(Cause.REFUSED);
  private static final Sign TRAFFIC_FAILS = new Sign.TrafficFailed("traffic cannot connect");

  @Test
  void aRefusedConnectionWhileStartingIsBootingNotDeath() {
    Pulse pulse = after(Pulse.NEW, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED);
    assertThat(pulse.vital()).isEqualTo(Vital.BOOTING);
    assertThat(pulse.hung(true, SETTINGS)).isFalse();
  }

  @Test
  void theFirstAnswerEndsBooting() {
    assertThat(after(Pulse.NEW, REFUSED, FINE).vital()).isEqualTo(Vital.WELL);
  }

  @Test
  void anyAnswerBelow500IsWell() {
    assertThat(after(Pulse.NEW, new Sign.Answered(404)).vital()).isEqualTo(Vital.WELL);
    assertThat(after(Pulse.NEW, new Sign.Answered(499)).vital()).isEqualTo(Vital.WELL);
    assertThat(after(Pulse.NEW, new Sign.Answered(500)).vital()).isEqualTo(Vital.BOOTING);
  }

  @Test
  void fallFailuresInARowMakeIll() {
    assertThat(after(Pulse.NEW, FINE, SILENT, SILENT).vital()).isEqualTo(Vital.WELL);
    assertThat(after(Pulse.NEW, FINE, SILENT, SILENT, SILENT).vital()).isEqualTo(Vital.ILL);
    assertThat(after(Pulse.NEW, FINE, SILENT, SILENT, FINE, SILENT, SILENT).vital())
        .isEqualTo(Vital.WELL);
  }

  @Test
  void riseAnswersInARowMakeWellAgain() {
    Pulse ill = after(Pulse.NEW, FINE, SILENT, SILENT, SILENT);
    assertThat(after(ill, FINE).vital()).isEqualTo(Vital.ILL);
    assertThat(after(ill, FINE, SILENT, FINE).vital()).isEqualTo(Vital.ILL);
    assertThat(after(ill, FINE, FINE).vital()).isEqualTo(Vital.WELL);
  }

  @Test
  void silenceAloneIsHungAndOnlyAfterTwiceTheFall() {
    Pulse pulse = after(Pulse.NEW, FINE, SILENT, SILENT, SILENT, SILENT, SILENT);
    assertThat(pulse.hung(true, SETTINGS)).isFalse();
    assertThat(after(pulse, SILENT).hung(true, SETTINGS)).isTrue();
    assertThat(after(pulse, SILENT).hung(false, SETTINGS)).isFalse();
  }

  @Test
  void aReplicaThatAnswersLateIsNeverHung() {
    Pulse pulse = after(Pulse.NEW, FINE);
    for (int i = 0; i < 100; i++) {
      pulse = after(pulse, SILENT, new Sign.Late());
      assertThat(pulse.hung(true, SETTINGS)).isFalse();
    }
    assertThat(pulse.vital()).isEqualTo(Vital.ILL);
  }

  @Test
  void aReplicaThatAnswersWithErrorsIsIllAndNeverHung() {
    Pulse pulse = after(Pulse.NEW, FINE);
    for (int i = 0; i < 100; i++) {
      pulse = after(pulse, new Sign.Answered(503));
    }
    assertThat(pulse.vital()).isEqualTo(Vital.ILL);
    assertThat(pulse.note()).isEqualTo("answers its heartbeat with 503");
    assertThat(pulse.hung(true, SETTINGS)).isFalse();
  }

  @Test
  void itErrsAfterSixErrorsInARowAndNoLongerAfterAnyOtherSign() {
    Pulse pulse = after(Pulse.NEW, FINE);
    for (int i = 0; i < 5; i++) {
      pulse = after(pulse, new Sign.Answered(503), TRAFFIC_FAILS);
      assertThat(pulse.erring(SETTINGS)).isFalse();
    }
    pulse = after(pulse, new Sign.Answered(500));
    assertThat(pulse.erring(SETTINGS)).isTrue();
    assertThat(after(pulse, SILENT).erring(SETTINGS)).isFalse();
    assertThat(after(pulse, FINE).erring(SETTINGS)).isFalse();
    assertThat(after(pulse, new Sign.Late()).erring(SETTINGS)).isFalse();
  }

  @Test
  void aBusyReplicaWhoseTrafficIsAnsweredStaysWell() {
    Pulse pulse = after(Pulse.NEW, FINE);
    for (int i = 0; i < 100; i++) {
      pulse = after(pulse, SILENT, SILENT, new Sign.TrafficAnswered());
    }
    assertThat(pulse.vital()).isEqualTo(Vital.WELL);
  }

  @Test
  void aBurstOfFailedTrafficCountsOnceBetweenHeartbeats() {
    Pulse pulse = after(Pulse.NEW, FINE, TRAFFIC_FAILS, TRAFFIC_FAILS, TRAFFIC_FAILS);
    assertThat(pulse.vital()).isEqualTo(Vital.WELL);
    assertThat(pulse.streak()).isEqualTo(1);
    assertThat(after(pulse, REFUSED, TRAFFIC_FAILS).vital()).isEqualTo(Vital.ILL);
  }

  @Test
  void trafficAloneNeverMakesHung() {
    Pulse pulse = after(Pulse.NEW, FINE, SILENT, SILENT, SILENT);
    for (int i = 0; i < 100; i++) {
      pulse = after(pulse, TRAFFIC_FAILS);
    }
    assertThat(pulse.hung(true, SETTINGS)).isFalse();
  }

  private static Pulse after(Pulse pulse, Sign... signs) {
    Pulse next = pulse;
    for (Sign sign : signs) {
      next = next.after(sign, SETTINGS);
    }
    return next;
  }
}
