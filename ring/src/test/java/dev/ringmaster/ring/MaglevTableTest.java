package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaglevTableTest {

  /// From Envoy's maglev_lb_test.
  @Test
  void sixHostsStandWhereEnvoyPutsThem() {
    Table table = new Scheme.Maglev(7).table(hosts(6));
    int[] owners = IntStream.range(0, 7).map(table::owner).toArray();
    assertThat(owners).containsExactly(2, 4, 0, 1, 5, 0, 3);
  }

  /// From Envoy's maglev_lb_test: weights 1 and 2.
  @Test
  void twoHostsOfUnequalWeightStandWhereEnvoyPutsThem() {
    Roster oneToTwo = hosts(2).weighted(0, 0x7FFF).weighted(1, 0xFFFE);
    Table table = new Scheme.Maglev(17).table(oneToTwo);
    int[] owners = IntStream.range(0, 17).map(table::owner).toArray();
    assertThat(owners).containsExactly(1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1);
  }

  @Test
  void moreSeatsThanSlotsAreRefused() {
    Scheme scheme = new Scheme.Maglev(7);
    assertThatThrownBy(() -> scheme.table(Rosters.full(8)))
        .isInstanceOf(RingFullException.class)
        .hasMessageContaining("8 live seats");
  }

  @Test
  void aSizeThatIsNoPrimeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scheme.Maglev(65_536))
        .withMessageContaining("65536 is not a prime");
  }

  private static Roster hosts(int count) {
    return Roster.of(
        IntStream.range(0, count).mapToObj(i -> "127.0.0.1:" + (90 + i)).toArray(String[]::new));
  }
}
