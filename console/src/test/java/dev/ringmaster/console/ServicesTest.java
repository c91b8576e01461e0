package dev.ringmaster.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.console.reload.ReloadCounts;
import dev.ringmaster.console.reload.ReloadResult;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A console of two services, `web` and `users`, and reloads.
class ServicesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeFleet web = new FakeFleet(3, 10);
  private final FakeFleet users = new FakeFleet("users", 2, 10);
  private ConsoleUnderTest console;

  @BeforeEach
  void start() throws IOException {
    console = new ConsoleUnderTest(web, users);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void statusTellsOfAllServices() throws IOException {
    JsonNode services = JSON.readTree(console.get("/api/status").body()).get("services");
    assertThat(services.findValuesAsText("service")).containsExactly("web", "users");
    assertThat(services.get(1).get("N").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/status?service=users", "/api/table?service=users"})
  void aNamedServiceIsToldOfAsIfItWereTheOnlyOne(String path) throws IOException {
    assertThat(JSON.readTree(console.get(path).body()).get("service").textValue())
        .isEqualTo("users");
  }

  @Test
  void aCommandGoesToTheServiceThatIsNamed() {
    String body = "{\"n\":1,\"hostnames\":[\"u9\"]}";
    assertThat(console.send("POST", "/api/add?service=users", body).statusCode()).isEqualTo(200);
    assertThat(users.commands).containsExactly("add 1 [u9]");
    assertThat(web.commands).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/add",
        "/api/rm",
        "/api/drain",
        "/api/undrain",
        "/api/weight",
        "/api/restart"
      })
  void aCommandThatNamesNoServiceIsRefusedWithTheNames(String path) {
    HttpResponse<String> answer = console.send("POST", path, "{\"n\":1}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Say for which service").contains("web, users");
    assertThat(web.commands).isEmpty();
    assertThat(users.commands).isEmpty();
  }

  @Test
  void aServiceThatIsNotThereIsRefusedWithTheNames() {
    HttpResponse<String> answer = console.send("POST", "/api/add?service=user", "{\"n\":1}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no service 'user'").contains("web, users");
    assertThat(console.get("/api/status?srv=web").statusCode()).isEqualTo(400);
  }

  @Test
  void theClassicEndpointsMeanTheFirst() {
    assertThat(console.send("POST", "/add", "{\"n\":2}").statusCode()).isEqualTo(200);
    assertThat(console.get("/rep").body()).contains("\"N\":5");
    assertThat(users.commands).isEmpty();
  }

  @Test
  void readyMeansThatEachServiceHasAReplica() throws IOException {
    assertThat(console.get("/readyz").body()).contains("\"N\":5").contains("\"serving\":5");
    try (var lame = new ConsoleUnderTest(web, new FakeFleet("users", 0, 10))) {
      assertThat(lame.get("/readyz").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void everySeriesOfAFleetHasItsService() {
    String metrics = console.get("/metrics").body();
    assertThat(metrics)
        .contains("ringmaster_replicas_desired{service=\"web\"} 3.0")
        .contains("ringmaster_replicas_desired{service=\"users\"} 2.0");
  }

  @Test
  void aReloadTellsWhatChanged() throws IOException {
    console.reload = new ReloadResult.Done(List.of("services.users.replicas: 2 -> 3"));
    HttpResponse<String> answer = console.send("POST", "/api/reload", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).at("/message/changes/0").textValue())
        .isEqualTo("services.users.replicas: 2 -> 3");
  }

  @Test
  void aRefusedReloadTellsAllThatIsWrong() throws IOException {
    console.reload = new ReloadResult.Refused(List.of("a.yaml:1: x", "a.yaml:2: y"));
    HttpResponse<String> answer = console.send("POST", "/api/reload", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).get("message").textValue())
        .isEqualTo(
            "<Error> The settings are refused, the old ones hold:\na.yaml:1: x\na.yaml:2: y");
  }

  @Test
  void aReloadIsACommand() {
    assertThat(console.send("POST", "/api/reload", "", "X-Forwarded-For", "192.0.2.1").statusCode())
        .isEqualTo(403);
    assertThat(console.get("/api/reload").statusCode()).isEqualTo(405);
  }

  @Test
  void reloadsAreCounted() {
    assertThat(console.get("/metrics").body())
        .contains("ringmaster_reloads_total{result=\"done\"} 0.0")
        .contains("ringmaster_last_reload_timestamp_seconds 0.0");
    console.reloads =
        ReloadCounts.NONE
            .with(new ReloadResult.Done(List.of()), Instant.EPOCH)
            .with(new ReloadResult.Refused(List.of("x")), Instant.ofEpochMilli(1500));
    assertThat(console.get("/metrics").body())
        .contains("ringmaster_reloads_total{result=\"done\"} 1.0")
        .contains("ringmaster_reloads_total{result=\"refused\"} 1.0")
        .contains("ringmaster_last_reload_timestamp_seconds 1.5");
  }
}
