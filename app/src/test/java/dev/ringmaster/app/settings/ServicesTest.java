package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringmaster.app.settings.catalog.Affinity;
import dev.ringmaster.app.settings.catalog.Protection;
import dev.ringmaster.app.settings.catalog.Replicas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several services and routes in one file.
class ServicesTest {
  @TempDir Path directory;

  @Test
  void aServiceHasWhatItGivesItselfBeforeWhatTheTopLevelGives() throws Exception {
    Configuration read =
        read(
            "replicas: 4",
            "timeouts: { first-byte: 9s, connect: 2s }",
            "services:",
            "  users: { command: './users {port}', key: 'header:X-User' }",
            "  assets:",
            "    timeouts: { first-byte: 2s }",
            "routes: [ { path: /u, service: users }, { service: assets } ]");
    assertThat(read.names()).containsExactly("users", "assets");
    Values users = read.services().get(0);
    Values assets = read.services().get(1);
    assertThat(users.get(Replicas.REPLICAS)).isEqualTo(4);
    assertThat(users.text(Affinity.KEY)).isEqualTo("header:X-User");
    assertThat(assets.text(Affinity.KEY)).isEqualTo("random");
    assertThat(users.get(Protection.TIMEOUT_FIRST_BYTE)).isEqualTo(Duration.ofSeconds(9));
    assertThat(assets.get(Protection.TIMEOUT_FIRST_BYTE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(assets.get(Protection.TIMEOUT_CONNECT)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatRunsItIsTakenWholeFromWhereAServiceHasIt() throws Exception {
    Configuration read =
        read(
            "command: ./server {port}",
            "replicas: 2",
            "services:",
            "  own: {}",
            "  given: { targets: [a:1, b:2] }",
            "  boxed: { image: some/image, container-port: 80 }",
            "routes: [ { split: { own: 1, given: 2.5, boxed: 1 } } ]");
    assertThat(read.services().stream().map(RuntimeKind::of))
        .containsExactly(RuntimeKind.PROCESS, RuntimeKind.STATIC, RuntimeKind.DOCKER);
    assertThat(read.services().get(1).gave(Replicas.REPLICAS)).isFalse();
    assertThat(read.services().get(2).gave(Replicas.COMMAND)).isFalse();
    assertThat(read.routes().getFirst().shares())
        .isEqualTo(Map.of("own", 1.0, "given", 2.5, "boxed", 1.0));
  }

  @Test
  void aFlagIsADefaultOfAllServices() throws Exception {
    file("services: { a: { replicas: 2 }, b: }", "routes: [ { split: { a: 1, b: 1 } } ]");
    Given flag = new Given("replicas", "7", "--replicas");
    Configuration read = SettingsReader.read(directory, null, List.of(flag));
    assertThat(read.services().stream().map(one -> one.get(Replicas.REPLICAS)))
        .containsExactly(2, 7);
  }

  @Test
  void aRouteHasItsConditionsAndItsOwnSettings() throws Exception {
    Configuration read =
        read(
            "services: { a: , b: }",
            "routes:",
            "  - { host: API.example.com, path: /users, method: [GET, POST],"
                + " header: { X-Beta: 1 }, service: a, timeouts: { first-byte: 250ms } }",
            "  - { method: PUT, split: { a: 90, b: 10 } }");
    RouteRule first = read.routes().get(0);
    assertThat(first.match())
        .isEqualTo(
            new RouteMatch(
                "api.example.com", "/users", Set.of("GET", "POST"), Map.of("x-beta", "1")));
    assertThat(first.shares()).isEqualTo(Map.of("a", 1.0));
    assertThat(first.own().find(Protection.TIMEOUT_FIRST_BYTE)).hasValue(Duration.ofMillis(250));
    assertThat(first.own().find(Protection.TIMEOUT_IDLE)).isEmpty();
    assertThat(read.routes().get(1).match().methods()).containsExactly("PUT");
  }

  @Test
  void aFileWithoutServicesMayHaveRoutesToItsOne() throws Exception {
    Configuration read = read("service: shop", "routes: [ { path: /a, service: shop } ]");
    assertThat(read.names()).containsExactly("shop");
    assertThat(read.routes()).hasSize(1);
  }

  @Test
  void everyMistakeOfAFileIsToldInItsOrder() throws Exception {
    assertThat(
            problems(
                "port: 99999",
                "services:",
                "  users: { replica: 3 }",
                "  users: {}",
                "  _bad: {}",
                "  assets:",
                "    port: 80",
                "    timeouts: { head: 1s, idel: 2s }",
                "    replicas: many",
                "routes:",
                "  - { path: users, service: user }",
                "  - { hots: x, service: assets, key: uri }",
                "  - { path: /a }",
                "  - { path: /b, service: users, split: { users: 1 } }",
                "  - { path: /c, split: { users: 0, assets: -1 } }",
                "  - 7",
                "spares: -1"))
        .containsExactly(
            "ringmaster.yaml:1: port: expected a whole number from 0 to 65535, found '99999'",
            "ringmaster.yaml:3: unknown key 'replica' in 'services.users'; did you mean 'replicas'?",
            "ringmaster.yaml:4: service 'users' is given twice, first in line 3",
            "ringmaster.yaml:5: '_bad' is no service's name: expected at most 48 letters, digits, '_', '.'"
                + " and '-', the first a letter or digit",
            "ringmaster.yaml:7: 'port' has no place in services.assets: it is about the whole"
                + " program and stands at the top level",
            "ringmaster.yaml:8: 'timeouts.head' has no place in services.assets: it is about the"
                + " whole program and stands at the top level",
            "ringmaster.yaml:8: unknown key 'idel' in 'services.assets.timeouts'; did you mean"
                + " 'idle'?",
            "ringmaster.yaml:9: services.assets.replicas: expected a whole number from 0 to 65536,"
                + " found the text 'many'",
            "ringmaster.yaml:11: route 1: path 'users': expected a path that starts with one /",
            "ringmaster.yaml:11: route 1: unknown service 'user'; did you mean 'users'?",
            "ringmaster.yaml:12: unknown key 'hots' in 'route 2'; did you mean 'host'?",
            "ringmaster.yaml:12: 'key' has no place in route 2: it stands in a service, or at the"
                + " top level for all of them",
            "ringmaster.yaml:13: route 3: expected a service, or a split over several",
            "ringmaster.yaml:14: route 4: has a service and a split; drop one",
            "ringmaster.yaml:15: route 5: split: users: expected a share above 0 and up to 1000000,"
                + " found '0'",
            "ringmaster.yaml:15: route 5: split: assets: expected a share above 0 and up to 1000000,"
                + " found '-1'",
            "ringmaster.yaml:16: route 6: expected conditions and a service, such as { path: /users,"
                + " service: users }, found '7'",
            "ringmaster.yaml:17: spares: expected a whole number from 0 to 65536, found '-1'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "services: | services: expected the name of at least one service and its settings below it",
        "services: {} | services: expected the name of at least one service and its settings below"
            + " it",
        "services: [a] | services: expected the name of at least one service and its settings below"
            + " it",
        "services: { a: 3 } | services.a: expected settings, found '3'",
        "services: { a: , b: } | several services need routes that say who gets which requests, such"
            + " as - { path: /users, service: users }",
        "routes: [] | routes: expected a list, such as - { path: /users, service: users }",
        "routes: [ { service: wbe } ] | route 1: unknown service 'wbe'; did you mean 'web'?",
        "routes: [ { split: {} } ] | route 1: split: expected such as { users: 90, assets: 10 },"
            + " found a group of settings",
        "routes: [ { method: [], service: web } ] | route 1: method: expected at least one; without"
            + " the key it is any",
        "routes: [ { method: 'G T', service: web } ] | route 1: method: expected methods such as GET"
            + " or [GET, POST], found the text 'G T'",
        "routes: [ { header: { 'a b': x }, service: web } ] | route 1: header: 'a b' is no header's"
            + " name",
        "routes: [ { host: 'a/b', service: web } ] | route 1: host 'a/b': expected a host name without"
            + " a port, or *. and a domain",
        "x: [ &a 1, *a ] | aliases (*a) are not read",
      })
  void whatIsWrongWithServicesAndRoutesIsToldWithItsLine(String line, String problem)
      throws Exception {
    assertThat(problems(line)).containsExactly("ringmaster.yaml:1: " + problem);
  }

  @Test
  void settingsOfAServiceThatDoNotGoTogetherAreToldWithTheirPlace() throws Exception {
    assertThat(
            problems(
                "services:",
                "  a: { targets: [x:1], command: y }",
                "  b: { runtime: docker }",
                "  c: { replicas: 500 }",
                "routes: [ { split: { a: 1, b: 1, c: 1 } } ]"))
        .containsExactly(
            "ringmaster.yaml:2: services.a.command: has no place with ringmaster.yaml:2:"
                + " services.a.targets; drop one",
            "ringmaster.yaml:3: services.b.runtime docker needs --image",
            "ringmaster.yaml:4: services.c.replicas: 500 is more than max-replicas, 256");
  }

  @Test
  void aRouteWhoseRequestsAnEarlierOneTakesIsRefused() throws Exception {
    assertThat(
            problems(
                "services: { a: , b: }",
                "routes:",
                "  - { path: /a, service: a }",
                "  - { service: b }",
                "  - { path: /a/b, service: b }"))
        .containsExactly(
            "ringmaster.yaml:5: route 3: never gets a request: route 1 in line 3 takes all of its"
                + " requests first; put it before that one");
  }

  @Test
  void theNameOfTheOnlyServiceHasNoPlaceBesideAListOfServices() throws Exception {
    assertThat(problems("service: web", "services: { a: }"))
        .containsExactly(
            "ringmaster.yaml:1: service: has no place with services; each is named below services");
  }

  private Configuration read(String... lines) throws Exception {
    file(lines);
    return SettingsReader.read(directory, null, List.of());
  }

  private List<String> problems(String... lines) throws IOException {
    file(lines);
    return catchThrowableOfType(
            Rejected.class, () -> SettingsReader.read(directory, null, List.of()))
        .problems();
  }

  private void file(String... lines) throws IOException {
    Files.write(directory.resolve("ringmaster.yaml"), List.of(lines));
  }
}
