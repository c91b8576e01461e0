package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.Rejected;
import dev.ringmaster.app.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferencesTest {
  private static final String TWO =
      "services: { a: { replicas: 2 }, b: { targets: [x:1] } }\n"
          + "routes: [ { path: /b, service: b }, { service: a } ]\n";

  @TempDir Path directory;

  @Test
  void theSameSettingsDifferInNothing() throws Exception {
    assertThat(between(TWO, TWO)).isEqualTo(new Differences(List.of(), List.of()));
  }

  @Test
  void whatTheGatewayAndTheCountTakeChangesLive() throws Exception {
    Differences found =
        between(TWO, TWO.replace("replicas: 2", "replicas: 3, key: uri, retry: { tries: 2 }"));
    assertThat(found.changes())
        .containsExactlyInAnyOrder(
            "services.a.replicas: 2 -> 3",
            "services.a.key: random -> uri",
            "services.a.retry.tries: 3 -> 2");
    assertThat(found.restarts()).isEmpty();
  }

  @Test
  void whatAFleetHasFromItsStartNeedsARestart() throws Exception {
    Differences found =
        between(TWO, TWO.replace("replicas: 2", "replicas: 2, spares: 1, scheme: ring"));
    assertThat(found.restarts())
        .containsExactlyInAnyOrder("services.a.spares: 0 -> 1", "services.a.scheme: seats -> ring");
  }

  @Test
  void aServiceOfTargetsTakesEverything() throws Exception {
    Differences found =
        between(TWO, TWO.replace("[x:1]", "[x:1, y:2], health: { fall: 9 }, scheme: ring"));
    assertThat(found.changes()).hasSize(3);
    assertThat(found.restarts()).isEmpty();
  }

  @Test
  void whatRunsAServiceNeedsARestart() throws Exception {
    assertThat(between(TWO, TWO.replace("replicas: 2", "targets: [z:1]")).restarts())
        .contains("services.a.targets: (none) -> z:1");
  }

  @Test
  void theWholeProgramsSettingsNeedARestart() throws Exception {
    assertThat(between(TWO, TWO + "port: 1\ntimeouts: { head: 3s, idle: 9s }\n").restarts())
        .contains("port: 5000 -> 1", "timeouts.head: 10s -> 3s", "timeouts.idle: 60s -> 9s");
  }

  @Test
  void theOnlyServicesSettingsAreToldOnce() throws Exception {
    Differences found = between("drain-timeout: 1s", "drain-timeout: 2s");
    assertThat(found.changes()).containsExactly("drain-timeout: 1s -> 2s");
    assertThat(found.restarts()).containsExactly("drain-timeout: 1s -> 2s");
  }

  @Test
  void servicesAndRoutesComeAndGo() throws Exception {
    Differences found =
        between(
            TWO,
            "services: { a: { replicas: 2 }, c: }\n"
                + "routes: [ { path: /c, service: c, timeouts: { idle: 2s } }, { service: a } ]");
    assertThat(found.changes())
        .containsExactlyInAnyOrder(
            "service c: added",
            "service b: removed",
            "route removed: path /b -> b",
            "route added: path /c -> c timeouts.idle 2s");
    assertThat(found.restarts()).isEmpty();
  }

  @Test
  void anotherOrderOfRoutesIsAChange() throws Exception {
    String one = "routes: [ { path: /b, service: web }, { path: /a, service: web } ]";
    String other = "routes: [ { path: /a, service: web }, { path: /b, service: web } ]";
    assertThat(between(one, other).changes()).containsExactly("routes: in another order");
  }

  @Test
  void theOnlyServiceMayBecomeOneOfSeveral() throws Exception {
    String several = "services: { web: , more: }\nroutes: [ { split: { web: 1, more: 1 } } ]";
    Differences found = between("service: web", several);
    assertThat(found.restarts()).isEmpty();
    assertThat(found.changes()).contains("service more: added");
  }

  private Differences between(String old, String fresh) throws IOException, Rejected {
    return Differences.between(read(old), read(fresh));
  }

  private Configuration read(String yaml) throws IOException, Rejected {
    Files.writeString(directory.resolve("ringmaster.yaml"), yaml);
    return SettingsReader.read(directory, null, List.of());
  }
}
