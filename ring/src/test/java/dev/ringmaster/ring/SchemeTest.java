package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemeTest {

  @ParameterizedTest
  @ValueSource(strings = {"seats", "classic", "ring", "maglev", "rendezvous", "jump", "ketama"})
  void everyKnownNameGivesTheSchemeOfThatName(String name) {
    assertThat(Scheme.named(name).name()).isEqualTo(name);
    assertThat(Scheme.NAMES.names()).contains(name);
    assertThat(Scheme.named(name)).isEqualTo(Scheme.named(name));
  }

  @Test
  void allNamesAreListed() {
    assertThat(Scheme.NAMES.names()).hasSize(7);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scheme.named("magelv"))
        .withMessageContaining("unknown scheme 'magelv': did you mean 'maglev'?")
        .withMessageContaining("seats, classic");
  }

  @Test
  void theTextTellsParametersApart() {
    assertThat(new Scheme.Ring(10).text()).isEqualTo("ring(points=10)");
    assertThat(new Scheme.Maglev(7).text()).isEqualTo("maglev(size=7)");
    assertThat(Scheme.Classic.standard().text())
        .isEqualTo(
            "classic(slots=512, virtual servers=9, probing=linear, request=1,2,17,"
                + " virtual=1,1,2,25)");
  }

  @Test
  void aRingNeedsPoints() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scheme.Ring(0))
        .withMessage("ring points 0 is not in 1..65536");
  }

  @Test
  void aReplacedReplicaKeepsItsKeysBecauseTheLabelIsTheSeats() {
    Table table = new Scheme.Ring(160).table(Roster.of("seat-0", "seat-1", "seat-2"));
    Table replaced = table.over(table.roster().weighted(1, 0).weighted(1, Roster.FULL));
    for (long key = 0; key < 1_000; key++) {
      long hash = Mix.mix(key);
      assertThat(replaced.owner(hash)).isEqualTo(table.owner(hash));
    }
  }
}
