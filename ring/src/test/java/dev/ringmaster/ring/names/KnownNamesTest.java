package dev.ringmaster.ring.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNamesTest {
  private static final KnownNames COLOURS =
      new KnownNames("colour", List.of("red", "green", "blue"));

  @ParameterizedTest
  @CsvSource({"rde,red", "gren,green", "greeen,green", "blau,blue", "'',red", "RED,red"})
  void theNearestNameIsTheOneWithTheFewestChanges(String given, String nearest) {
    assertThat(COLOURS.nearest(given)).isEqualTo(nearest);
  }

  @Test
  void theErrorNamesWhatWasGivenTheNearestAndAll() {
    assertThat(COLOURS.unknown("gren"))
        .hasMessage("unknown colour 'gren': did you mean 'green'? Known are red, green, blue");
  }
}
