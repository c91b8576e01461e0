package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.FleetStats.Ejections;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void eachCountsForItself() {
    Tally tally =
        Tally.NONE.restarted().restarted().killed().startFailed().with(new Ejections(3, 4));
    assertThat(tally.restarts()).isEqualTo(2);
    assertThat(tally.kills()).isEqualTo(1);
    assertThat(tally.startsFailed()).isEqualTo(1);
    assertThat(tally.ejections()).isEqualTo(new Ejections(3, 4));
    assertThat(tally.heals()).isZero();
    assertThat(tally.killed().ejections()).isEqualTo(new Ejections(3, 4));
  }

  @Test
  void allHealsAreCountedAndTheNewestKept() {
    Tally tally = Tally.NONE;
    for (int i = 0; i < FleetStats.RECENT_HEALS + 10; i++) {
      tally = tally.healed(i);
    }
    assertThat(tally.heals()).isEqualTo(FleetStats.RECENT_HEALS + 10);
    assertThat(tally.recentHealsNs()).hasSize(FleetStats.RECENT_HEALS).startsWith(10L);
    assertThat(tally.recentHealsNs().getLast()).isEqualTo(FleetStats.RECENT_HEALS + 9);
  }
}
