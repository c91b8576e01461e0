package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeatTableTest {

  @Test
  void tenFullSeatsGiveThePublishedOwners() {
    Table table =
        new Scheme.Seats().table(Roster.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    int[] owners = new int[12];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = table.owner(Mix.mix(i + Mix.G));
    }
    assertThat(owners).containsExactly(7, 5, 0, 1, 8, 6, 8, 3, 6, 2, 6, 0);
  }
}
