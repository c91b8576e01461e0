package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reloads that are refused when something was done already, and services that come back. Replicas
/// are the JDK's small web server.
class UndoneReloadTest {
  @TempDir Path directory;

  private String command() {
    Path server = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
    return "command: '%s -b 127.0.0.1 -d %s -p {port}'".formatted(server, directory);
  }

  /// Three services in which the classic map of `full` has room for one replica only.
  private String[] services(int n, int full) {
    return new String[] {
      "services:",
      "  web: { %s, replicas: %d }".formatted(command(), n),
      "  full: { %s, replicas: %d, scheme: classic, classic-scheme: { slots: 9 } }"
          .formatted(command(), full),
      "routes: [ { path: /full, service: full }, { service: web } ]"
    };
  }

  private String file(String name) throws Exception {
    return Files.readString(directory.resolve("data").resolve(name));
  }

  @Test
  void theNOfOneServiceIsTakenBackIfAnotherCannotHaveIts() throws Exception {
    try (Reloadable running = Reloadable.start(directory, services(1, 1))) {
      assertThat(running.refused(services(6, 2))).contains("service full: ");
      assertThat(running.desired("web")).isEqualTo(1);
      assertThat(running.names("web")).as("who was there stays").containsExactly("web-1");
      assertThat(running.desired("full")).isEqualTo(1);
      await()
          .atMost(Reloadable.LONG)
          .untilAsserted(() -> assertThat(file("fleet-web.json")).contains("\"desired\" : 1"));
      assertThat(running.ask("/").join().statusCode()).isEqualTo(200);
      running.reloaded(services(2, 1));
      assertThat(running.desired("web")).isEqualTo(2);
    }
  }

  @Test
  void theTargetsOfOneServiceAreTakenBackIfAnotherCannotHaveIts() throws Exception {
    try (GivenServer one = new GivenServer("one");
        GivenServer two = new GivenServer("two");
        Reloadable running = Reloadable.start(directory, targets(one.target()))) {
      String both = one.target() + "', '" + two.target();
      assertThat(running.refused(targets(both))).contains("service full: ");
      assertThat(running.desired("web")).isEqualTo(1);
      Set<String> answers = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        answers.add(running.get("/"));
        answers.add(running.get("/full"));
      }
      assertThat(answers).containsExactlyInAnyOrder("one /", "one /full");
    }
  }

  private static String[] targets(String targets) {
    return new String[] {
      "targets: ['" + targets + "']",
      "services:",
      "  web: {}",
      "  full: { scheme: classic, classic-scheme: { slots: 9 } }",
      "routes: [ { path: /full, service: full }, { service: web } ]"
    };
  }

  @Test
  void aServiceThatDoesNotServeTakesNothingFromTheOthers() throws Exception {
    try (Reloadable running = Reloadable.start(directory, services(1, 1))) {
      String[] lines = services(3, 1);
      lines[0] =
          "services:\n  new: { command: 'false', replicas: 1, health: { start-timeout: 1s } }";
      assertThat(running.refused(lines)).contains("service new: none of its replicas serves");
      assertThat(running.desired("web")).isEqualTo(1);
      assertThat(running.ask("/").join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aServiceComesBackWhileItsReplicasStop() throws Exception {
    String[] both = services(1, 1);
    String[] less = {"services:", both[1], "routes: [ { service: web } ]"};
    try (Reloadable running = Reloadable.start(directory, both)) {
      for (int i = 0; i < 2; i++) {
        running.reloaded(less);
        running.reloaded(both);
        assertThat(running.ask("/full").join().statusCode()).isEqualTo(404);
        assertThat(running.desired("full")).isEqualTo(1);
      }
    }
  }

  @Test
  void aRequestUnderWayEndsThoughItsServiceWentAndCameBack() throws Exception {
    try (GivenServer one = new GivenServer("one");
        GivenServer two = new GivenServer("two")) {
      String web = "  web: { targets: ['" + one.target() + "'] }";
      String slow = "  slow: { targets: ['" + two.target() + "'] }";
      String routes = "routes: [ { path: /slow, service: slow }, { service: web } ]";
      try (Reloadable running = Reloadable.start(directory, "services:", web, slow, routes)) {
        CompletableFuture<HttpResponse<String>> request = running.ask("/slow");
        await().atMost(Reloadable.LONG).until(() -> two.slowAsked() == 1);
        running.reloaded("services:", web, "routes: [ { service: web } ]");
        running.reloaded("services:", web, slow, routes);
        assertThat(running.get("/slow/er")).isEqualTo("two /slow/er");
        two.answerSlow();
        assertThat(request.join().body()).isEqualTo("two /slow");
      }
    }
  }

  /// The only service of a data directory becomes one of several.
  @Test
  void theFleetOfTheOnlyServiceIsThatOfTheSameNameAmongSeveral() throws Exception {
    String more = "  more: { %s, replicas: 1 }".formatted(command());
    String before;
    try (Reloadable running = Reloadable.start(directory, command(), "replicas: 1")) {
      assertThat(running.post("/add", "{\"n\":1,\"hostnames\":[\"extra\"]}").statusCode())
          .isEqualTo(200);
      before = running.get("/rep");
      assertThat(before).contains("\"extra\"");
    }
    try (Reloadable running =
        Reloadable.start(
            directory,
            "services:",
            more,
            "  web: { %s, replicas: 1 }".formatted(command()),
            "routes: [ { path: /more, service: more }, { service: web } ]")) {
      assertThat(running.desired("web")).isEqualTo(2);
      assertThat(running.desired("more")).isEqualTo(1);
      assertThat(running.names("web")).contains("extra");
    }
    try (Reloadable running = Reloadable.start(directory, command(), "replicas: 1")) {
      assertThat(running.get("/rep")).isEqualTo(before);
    }
  }
}
