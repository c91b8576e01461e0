package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is to be served is judged before anything of it runs, also where the settings were not.
class PlaneDraftTest {
  private static final byte[] SECRET = new byte[FleetSecret.BYTES];

  @TempDir Path directory;

  private Configuration read(String... lines) throws Exception {
    Path file = Files.writeString(directory.resolve("ringmaster.yaml"), String.join("\n", lines));
    return SettingsReader.read(directory, file, List.of());
  }

  @Test
  void aPlaneThatCannotBeIsNoDefect() throws Exception {
    Configuration split =
        read(
            "services: { a: { key: uri }, b: { key: 'sticky:rm' } }",
            "routes: [ { split: { a: 1, b: 1 } } ]");
    assertThat(PlaneDraft.of(split, SECRET).routes().list()).hasSize(1);
    Configuration other =
        read("services: { a: { key: 'sticky:rm' }, b: }", "routes: [ { service: a } ]");
    Configuration wrong =
        new Configuration(
            split.form(), split.process(), other.services(), split.routes(), split.queues());
    assertThatThrownBy(() -> PlaneDraft.of(wrong, SECRET))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("a split needs a key that every request brings in its head");
  }

  @Test
  void aFileOfAuthoritiesThatIsNoneIsTold() throws Exception {
    Path authorities = Files.writeString(directory.resolve("ca.pem"), "nothing");
    Configuration tls =
        read(
            "targets: ['127.0.0.1:1']",
            "replica-tls: { trust: verified, ca: '" + authorities + "' }");
    assertThatThrownBy(() -> PlaneDraft.of(tls, SECRET))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("replica-tls.ca: ")
        .hasMessageContaining("is not a PEM file");
  }
}
