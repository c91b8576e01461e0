package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringmaster.app.settings.catalog.Affinity;
import dev.ringmaster.app.settings.catalog.Health;
import dev.ringmaster.app.settings.catalog.Listening;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.catalog.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @TempDir Path directory;

  @Test
  void aFlagGoesBeforeTheFileAndTheFileBeforeTheDefault() throws Exception {
    file("replicas: 4", "spares: 1");
    Values values =
        SettingsReader.read(directory, null, List.of(flag(Replicas.SPARES, "2"))).process();
    assertThat(values.get(Replicas.REPLICAS)).isEqualTo(4);
    assertThat(values.get(Replicas.SPARES)).isEqualTo(2);
    assertThat(values.get(Listening.PORT)).isEqualTo(5000);
  }

  @Test
  void groupsAndListsAreRead() throws Exception {
    file(
        "health:",
        "  interval: 250ms",
        "  fall: 5",
        "targets:",
        "  - one:80",
        "  - two:81*0.5",
        "classic-scheme: {request: [1, 2, 3]}",
        "bound: off");
    Values values = SettingsReader.read(directory, null, List.of()).process();
    assertThat(values.get(Health.HEALTH_INTERVAL)).isEqualTo(Duration.ofMillis(250));
    assertThat(values.get(Health.HEALTH_FALL)).isEqualTo(5);
    assertThat(values.get(Replicas.TARGETS)).containsExactly("one:80", "two:81*0.5");
    assertThat(values.get(Affinity.CLASSIC_REQUEST)).containsExactly(1, 2, 3);
    assertThat(values.get(Affinity.BOUND)).isEmpty();
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearestKnownOne() throws Exception {
    file("# settings", "port: 1", "replica: 3");
    assertThat(problems())
        .containsExactly("ringmaster.yaml:3: unknown key 'replica'; did you mean 'replicas'?");
  }

  @Test
  void anUnknownKeyInAGroupNamesTheGroup() throws Exception {
    file("health:", "  intervall: 2s", "elephants: {a: 1}");
    assertThat(problems())
        .containsExactly(
            "ringmaster.yaml:2: unknown key 'intervall' in 'health'; did you mean 'interval'?",
            "ringmaster.yaml:3: unknown key 'elephants'");
  }

  @Test
  void allMistakesAreToldAtOnce() throws Exception {
    file("port: 70000", "replicas: three", "health:", "  interval: 2", "key: body:x");
    assertThat(problems(flag(Health.HEALTH_FALL, "0")))
        .containsExactly(
            "ringmaster.yaml:1: port: expected a whole number from 0 to 65535, found '70000'",
            "ringmaster.yaml:2: replicas: expected a whole number from 0 to 65536, found the text"
                + " 'three'",
            "ringmaster.yaml:4: health.interval: expected a time from 1ms to 1h, such as 250ms, 2s"
                + " or 1m, found '2'",
            "ringmaster.yaml:5: key: key 'body:x': 'x' is no JSON pointer: it starts with '/', as in"
                + " /user/id",
            "--health-fall: expected a whole number from 1 to 1000, found '0'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "port;          ringmaster.yaml:1: expected settings, one 'key: value' a line",
        "port: ;        ringmaster.yaml:1: port: expected a whole number from 0 to 65535, found nothing",
        "port: [1];     ringmaster.yaml:1: port: expected a whole number from 0 to 65535, found a list",
        "health: 3;     ringmaster.yaml:1: health: expected the settings fall, interval, jitter, path,"
            + " rise, start-timeout, timeout below it",
        "classic-answers: maybe; ringmaster.yaml:1: classic-answers: expected true or false, found the"
            + " text 'maybe'",
      })
  void aValueOfAnotherShapeIsToldWithItsLine(String line, String problem) throws Exception {
    file(line);
    assertThat(problems()).containsExactly(problem);
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws Exception {
    file("port: 1", "spares: 0", "port: 2");
    assertThat(problems()).singleElement().asString().startsWith("ringmaster.yaml:3:");
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() throws Exception {
    file("port: 1", "spares: [", "retry: }");
    assertThat(problems()).anyMatch(line -> line.matches("ringmaster\\.yaml:3: not YAML: .+"));
  }

  @Test
  void anEmptyFileSetsNothing() throws Exception {
    file("# nothing");
    assertThat(SettingsReader.read(directory, null, List.of()).process().gave(Listening.PORT))
        .isFalse();
  }

  @Test
  void aFileThatWasNamedMustBeThere() {
    Path missing = directory.resolve("other.yaml");
    Rejected rejected =
        catchThrowableOfType(
            Rejected.class, () -> SettingsReader.read(directory, missing, List.of()));
    assertThat(rejected.problems()).containsExactly(missing + ": no such file");
  }

  private void file(String... lines) throws IOException {
    Files.write(directory.resolve("ringmaster.yaml"), List.of(lines));
  }

  private List<String> problems(Given... flags) {
    return catchThrowableOfType(
            Rejected.class, () -> SettingsReader.read(directory, null, Arrays.asList(flags)))
        .problems();
  }

  private static Given flag(Setting<?> setting, String text) {
    return new Given(setting.key(), text, setting.flag());
  }
}
