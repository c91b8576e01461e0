package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 2 of the classic contract, asked by HTTP. Each test leaves three replicas.
class ContractIT {
  private static final String FAILURE = "{\"message\":\"<Error> %s\",\"status\":\"failure\"}";

  @TempDir static Path directory;
  private static RunningRingmaster ringmaster;

  @BeforeAll
  static void start() throws IOException {
    ringmaster = RunningRingmaster.start(directory);
  }

  @AfterAll
  static void stop() {
    ringmaster.close();
  }

  @Test
  void theReadyLineNamesTheReplicas() {
    assertThat(ringmaster.readyLine()).contains("(3 replicas of web)");
  }

  @Test
  void repTellsTheReplicas() throws Exception {
    HttpResponse<String> rep = ringmaster.get("/rep");
    assertThat(rep.statusCode()).isEqualTo(200);
    assertThat(rep.body())
        .matches(
            "\\{\"message\":\\{\"N\":3,\"replicas\":\\[(\"[^\"]+\",?){3}]},\"status\":\"successful\"}");
    assertThat(ringmaster.names()).hasSize(3);
  }

  @Test
  void homeIsAReplicas() throws Exception {
    HttpResponse<String> home = ringmaster.get("/home");
    assertThat(home.statusCode()).isEqualTo(200);
    assertThat(home.body())
        .matches("\\{\"message\":\"Hello from Server: [^\"\\[\\]]+\",\"status\":\"successful\"}");
  }

  @Test
  void heartbeatIsAReplicasAndEmpty() throws Exception {
    HttpResponse<String> heartbeat = ringmaster.get("/heartbeat");
    assertThat(heartbeat.statusCode()).isEqualTo(200);
    assertThat(heartbeat.body()).isEmpty();
  }

  @Test
  void whatNoReplicaHasIsToldByItsPath() throws Exception {
    HttpResponse<String> other = ringmaster.get("/other");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body())
        .isEqualTo(FAILURE.formatted("'/other' endpoint does not exist in server replicas"));
  }

  @Test
  void replicasAreAddedUnderTheNamesGivenAndServeAtOnce() throws Exception {
    List<String> before = ringmaster.names();
    HttpResponse<String> add =
        ringmaster.send("POST", "/add", "{\"n\":4,\"hostnames\":[\"S5\",\"S4\",\"S10\"]}");
    assertThat(add.statusCode()).isEqualTo(200);
    List<String> after = ringmaster.names();
    assertThat(add.body()).isEqualTo(ringmaster.get("/rep").body());
    assertThat(after).hasSize(7).startsWith(before.toArray(String[]::new));
    assertThat(after.subList(3, 6)).containsExactly("S5", "S4", "S10");
    assertThat(ringmaster.api("/api/status").path("serving").intValue()).isEqualTo(7);

    HttpResponse<String> rm =
        ringmaster.send("DELETE", "/rm", "{\"n\":4,\"hostnames\":[\"S5\",\"S4\"]}");
    assertThat(rm.statusCode()).isEqualTo(200);
    assertThat(ringmaster.names()).hasSize(3).doesNotContain("S5", "S4");
    ringmaster.awaitServing(3);
  }

  @Test
  void postIsAnAliasOfDeleteForRm() throws Exception {
    assertThat(ringmaster.send("POST", "/add", "{\"n\":1}").statusCode()).isEqualTo(200);
    assertThat(ringmaster.send("POST", "/rm", "{\"n\":1}").statusCode()).isEqualTo(200);
    assertThat(ringmaster.names()).hasSize(3);
    ringmaster.awaitServing(3);
  }

  @Test
  void tooManyNamesAreRefused() throws Exception {
    unchanged(
        "POST",
        "/add",
        "{\"n\":1,\"hostnames\":[\"a\",\"b\"]}",
        FAILURE.formatted("Length of hostname list is more than newly added instances"));
    List<String> names = ringmaster.names();
    unchanged(
        "DELETE",
        "/rm",
        "{\"n\":1,\"hostnames\":[\"" + names.get(0) + "\",\"" + names.get(1) + "\"]}",
        FAILURE.formatted("Length of hostname list is more than removable instances"));
  }

  static List<String> wrongBodies() {
    return List.of(
        "{}",
        "{\"n\":\"2\"}",
        "{\"n\":1.5}",
        "{\"n\":true}",
        "{\"n\":null}",
        "{\"n\":1e400}",
        "{\"n\":0}",
        "{\"n\":-1}",
        "{\"n\":100000}",
        "{\"n\":1,\"hostnames\":\"a\"}",
        "{\"n\":1,\"hostnames\":[1]}",
        "{\"n\":2,\"hostnames\":[\"a\",\"a\"]}",
        "{\"n\":1,\"hostnames\":[\"a b\"]}",
        "{\"n\":1,\"hostnames\":[\"-a\"]}",
        "{\"n\":1,\"hostnames\":[\"$(reboot)\"]}",
        "[]",
        "not json");
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void aWrongBodyChangesNothing(String body) throws Exception {
    refused("POST", "/add", body);
    refused("DELETE", "/rm", body);
  }

  @Test
  void aNameThatExistsIsNotAddedAndOneThatDoesNotIsNotRemoved() throws Exception {
    String taken = ringmaster.names().getFirst();
    refused("POST", "/add", "{\"n\":1,\"hostnames\":[\"" + taken + "\"]}");
    refused("DELETE", "/rm", "{\"n\":1,\"hostnames\":[\"nobody\"]}");
    refused("DELETE", "/rm", "{\"n\":4}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /add", "PUT /add", "GET /rm", "POST /rep", "DELETE /add"})
  void aWrongMethodIsToldInTheSameShape(String request) throws Exception {
    String[] parts = request.split(" ", 2);
    HttpResponse<String> response = ringmaster.send(parts[0], parts[1], "");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).matches("\\{\"message\":\"<Error> .+\",\"status\":\"failure\"}");
  }

  private static void refused(String method, String path, String body) throws Exception {
    List<String> before = ringmaster.names();
    HttpResponse<String> response = ringmaster.send(method, path, body);
    assertThat(response.statusCode()).as("%s %s %s", method, path, body).isEqualTo(400);
    assertThat(response.body()).matches("\\{\"message\":\"<Error> .+\",\"status\":\"failure\"}");
    assertThat(ringmaster.names()).isEqualTo(before);
  }

  private static void unchanged(String method, String path, String body, String answer)
      throws Exception {
    refused(method, path, body);
    assertThat(ringmaster.send(method, path, body).body()).isEqualTo(answer);
  }
}
