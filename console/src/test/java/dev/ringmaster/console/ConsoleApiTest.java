package dev.ringmaster.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetStats;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.ReplicaState;
import dev.ringmaster.fleet.weight.Share;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.KeyTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RoutingTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.TunnelTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.WaitTotals;
import dev.ringmaster.gateway.own.OwnEndpoints;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleApiTest {
  private ConsoleUnderTest console;

  @BeforeEach
  void start() throws IOException {
    console = new ConsoleUnderTest();
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private JsonNode json(String path) throws IOException {
    HttpResponse<String> answer = console.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void repLeavesOutSparesAndReplicasOnTheirWayOut() {
    console.fleet.show(
        FakeFleet.viewOf(
            3,
            List.of(
                FakeFleet.replica("S3", 2, ReplicaState.SERVING),
                FakeFleet.replica("S1", 0, ReplicaState.DRAINING),
                FakeFleet.replica("spare", Replica.SPARE, ReplicaState.SERVING),
                FakeFleet.replica("S2", 1, ReplicaState.SUSPECT),
                FakeFleet.replica("S7", 3, ReplicaState.PROBING),
                FakeFleet.replica("S8", 4, ReplicaState.GONE),
                FakeFleet.replica("S9", 5, ReplicaState.STARTING))));
    assertThat(console.get("/rep").body())
        .isEqualTo(
            "{\"message\":{\"N\":3,\"replicas\":[\"S3\",\"S2\",\"S7\",\"S9\"]},"
                + "\"status\":\"successful\"}");
  }

  @Test
  void headSaysTheLengthOfWhatGetWouldAnswer() {
    String answer =
        console.raw("HEAD /rep HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    int length = console.get("/rep").body().getBytes(UTF_8).length;
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-length: " + length);
  }

  @Test
  void statusShowsReplicasAndSparesApart() throws IOException {
    Replica busy = FakeFleet.replica("S1", 0, ReplicaState.SERVING);
    busy.load().begin();
    console.fleet.show(
        FakeFleet.viewOf(
            2,
            List.of(
                busy,
                FakeFleet.replica("S2", 1, ReplicaState.SUSPECT),
                FakeFleet.replica("old", Replica.SPARE, ReplicaState.DRAINING),
                FakeFleet.replica("warm", Replica.SPARE, ReplicaState.SERVING))));
    JsonNode status = json("/api/status");
    assertThat(status.get("service").asText()).isEqualTo("web");
    assertThat(status.get("N").asInt()).isEqualTo(2);
    assertThat(status.get("serving").asInt()).isEqualTo(1);
    assertThat(status.get("table").get("fingerprint").asText()).matches("[0-9a-f]{16}");
    assertThat(status.get("replicas")).hasSize(3);
    assertThat(status.get("replicas").get(2).get("state").asText()).isEqualTo("draining");
    assertThat(status.get("spares")).hasSize(1);
    JsonNode first = status.get("replicas").get(0);
    assertThat(first.get("name").asText()).isEqualTo("S1");
    assertThat(first.get("seat").asInt()).isZero();
    assertThat(first.get("state").asText()).isEqualTo("serving");
    assertThat(first.get("address").asText()).isEqualTo("127.0.0.1:9");
    assertThat(first.get("inFlight").asInt()).isEqualTo(1);
    assertThat(status.get("spares").get(0).get("name").asText()).isEqualTo("warm");
  }

  @Test
  void statusTellsSinceWhenAndHowMuchEachTakes() throws IOException {
    Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
    Instant until = Instant.parse("2026-01-02T03:05:00Z");
    Replica plain = FakeFleet.replica("S1", 0, ReplicaState.SERVING);
    Replica ejected =
        new Replica(
            "S2",
            1,
            plain.address(),
            ReplicaState.SERVING,
            new Load(),
            0,
            "ejected for 30 s: 5 requests in a row failed",
            since,
            new Share(0.5, 1, until));
    FleetView view = FakeFleet.viewOf(2, List.of(plain, ejected));
    console.fleet.show(
        new FleetView(
            "web",
            2,
            view.table().over(view.table().roster().weighted(1, 0).weighted(0, 6554)),
            view.seats(),
            view.replicas()));
    JsonNode replicas = json("/api/status").get("replicas");
    assertThat(replicas.get(0).get("share").asDouble()).isEqualTo(0.1);
    assertThat(replicas.get(0).get("weight").asDouble()).isEqualTo(1);
    assertThat(replicas.get(0).get("ejectedUntil").isNull()).isTrue();
    assertThat(replicas.get(1).get("since").asText()).isEqualTo(since.toString());
    assertThat(replicas.get(1).get("weight").asDouble()).isEqualTo(0.5);
    assertThat(replicas.get(1).get("share").asDouble()).isZero();
    assertThat(replicas.get(1).get("ejectedUntil").asText()).isEqualTo(until.toString());
  }

  @Test
  void theTableDumpGivesEachSeatItsShare() throws IOException {
    console.send("DELETE", "/rm", "{\"n\":1,\"hostnames\":[\"S2\"]}");
    JsonNode table = json("/api/table");
    assertThat(table.get("scheme").asText()).isEqualTo("seats");
    assertThat(table.get("version").asLong())
        .isEqualTo(console.fleet.view().table().roster().version());
    assertThat(Long.parseUnsignedLong(table.get("fingerprint").asText(), 16))
        .isEqualTo(console.fleet.view().table().fingerprint());
    JsonNode seats = table.get("seats");
    assertThat(seats).hasSize(3);
    assertThat(seats.get(1).get("label").asText()).isEqualTo("seat-1");
    assertThat(seats.get(1).get("weight").asInt()).isZero();
    assertThat(seats.get(1).get("replica").isNull()).isTrue();
    assertThat(seats.get(1).get("share").asDouble()).isZero();
    // 6 standard deviations of a share of one half over 65536 keys are 0.012
    assertThat(seats.get(0).get("share").asDouble()).isBetween(0.488, 0.512);
    assertThat(seats.get(0).get("share").asDouble() + seats.get(2).get("share").asDouble())
        .isEqualTo(1.0);
  }

  @Test
  void explainSaysWhatRingmasterAnswersItself() throws IOException {
    JsonNode explained = json("/api/explain?path=/rep%3Fx%3D1");
    assertThat(explained.get("why").asText()).startsWith("Ringmaster answers /rep itself");
    assertThat(explained.get("replica").isNull()).isTrue();
    assertThat(explained.get("candidates")).isEmpty();
  }

  @Test
  void explainAsksTheGatewayAndShowsTheNextTwo() throws IOException {
    JsonNode explained =
        json("/api/explain?path=/x%3Fa%3D1&method=PUT&header=X-User:%20ann&client=192.0.2.7");
    RequestFacts asked = console.asked.remove();
    assertThat(asked.target()).isEqualTo("/x?a=1");
    assertThat(asked.method()).isEqualTo("PUT");
    assertThat(asked.headers()).containsEntry("X-User", "ann");
    assertThat(asked.client()).isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
    assertThat(explained.get("replica").asText()).isEqualTo("S1");
    assertThat(explained.get("seat").asInt()).isZero();
    assertThat(explained.get("hash").asText()).isEqualTo("0123456789abcdef");
    assertThat(explained.get("why").asText()).isEqualTo("The owner serves.");
    assertThat(explained.get("spills").asBoolean()).isFalse();
    assertThat(explained.get("candidates")).hasSize(3);
    assertThat(explained.get("candidates").get(2).get("replica").asText()).isEqualTo("S3");
    assertThat(explained.get("candidates").get(2).get("cap").asInt()).isEqualTo(16);
  }

  @Test
  void explainTakesTheBodyOfAPost() {
    assertThat(console.send("POST", "/api/explain?path=/x", "{\"user\":7}").statusCode())
        .isEqualTo(200);
    RequestFacts asked = console.asked.remove();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.body()).isEqualTo("{\"user\":7}");
  }

  @Test
  void heavyKeysAreShownByTheirHashes() throws IOException {
    assertThat(json("/api/heavy-keys").get("keys")).isEmpty();
    KeyTotals keys =
        new KeyTotals(0, List.of(), 0, 0, List.of(new HeavyKey(0xABCL, null, 0.61234, 80.5, 4)));
    List<Long> none = List.of(0L, 0L, 0L, 0L, 0L);
    console.ledger =
        new LedgerTotals(
            List.of(
                new ServiceTotals(
                    "web", List.of(), none, 0, TunnelTotals.NONE, WaitTotals.NONE, keys, 0)),
            new RoutingTotals(List.of(), 0, 0),
            none,
            0,
            0);
    JsonNode heavy = json("/api/heavy-keys").get("keys").get(0);
    assertThat(heavy.get("service").asText()).isEqualTo("web");
    assertThat(heavy.get("hash").asText()).isEqualTo("0000000000000abc");
    assertThat(heavy.get("key").isNull()).isTrue();
    assertThat(heavy.get("share").asDouble()).isEqualTo(0.612);
    assertThat(heavy.get("spread").asInt()).isEqualTo(4);
  }

  @Test
  void explainSaysWhatItExpected() {
    assertThat(console.get("/api/explain").statusCode()).isEqualTo(400);
    assertThat(console.get("/api/explain?path=x").body()).contains("path must start with '/'");
    assertThat(console.get("/api/explain?path=/&header=x").body()).contains("Name:value");
    assertThat(console.get("/api/explain?path=/&client=localhost").body())
        .contains("client must be an IP address");
    assertThat(console.get("/api/explain?path=/&pat=/").body()).contains("the query knows only");
  }

  @Test
  void readyMeansThatAReplicaServes() {
    assertThat(console.get("/readyz").body())
        .isEqualTo("{\"status\":\"ready\",\"N\":3,\"serving\":3}");
    console.fleet.show(
        FakeFleet.viewOf(3, List.of(FakeFleet.replica("S1", 0, ReplicaState.STARTING))));
    HttpResponse<String> answer = console.get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("{\"status\":\"not ready\",\"N\":3,\"serving\":0}");
    assertThat(console.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void theIndexPageListsEveryPath() {
    HttpResponse<String> answer = console.get("/");
    assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    for (String path : console.paths()) {
      assertThat(answer.body()).contains(path);
    }
  }

  @Test
  void twentyParallelAddsAreTwentyAdds() throws Exception {
    try (var roomy = new ConsoleUnderTest(new FakeFleet(3, 100));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> adds = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String body = "{\"n\":1,\"hostnames\":[\"P" + i + "\"]}";
        adds.add(() -> roomy.send("POST", "/add", body).statusCode());
      }
      for (var add : threads.invokeAll(adds)) {
        assertThat(add.get()).isEqualTo(200);
      }
      assertThat(roomy.fleet.commands).hasSize(20).doesNotHaveDuplicates();
      assertThat(roomy.fleet.view().desired()).isEqualTo(23);
    }
  }

  @Test
  void aCommandThatNeverEndsIsAnsweredInTime() throws IOException {
    try (var hasty = new ConsoleUnderTest(ControlAccess.loopback(), Duration.ofMillis(50))) {
      HttpResponse<String> answer =
          hasty.send("POST", "/add", "{\"n\":1,\"hostnames\":[\"never\"]}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("The command was taken, and has not ended in");
    }
  }

  @Test
  void aBodyAboveTheBoundIsTooLarge() {
    byte[] body = " ".repeat(OwnEndpoints.MAX_BODY_BYTES + 1).getBytes(UTF_8);
    assertThat(console.send("POST", "/add", body).statusCode()).isEqualTo(413);
    byte[] atTheBound = ("{\"n\":1}" + " ".repeat(OwnEndpoints.MAX_BODY_BYTES - 7)).getBytes(UTF_8);
    assertThat(console.send("POST", "/add", atTheBound).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() {
    byte[] body = {'{', '"', 'n', '"', ':', '1', ',', '"', (byte) 0xFF, '"', ':', '1', '}'};
    HttpResponse<String> answer = console.send("POST", "/add", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not UTF-8");
    assertThat(console.fleet.commands).isEmpty();
  }

  @Test
  void aRequestThatIsNoneIsNotExplained() {
    HttpResponse<String> answer = console.get("/api/explain?path=/&method=NO%20METHOD");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Cannot explain this: a method has no space");
  }

  @Test
  void aDefectInAHandlerIsAnsweredAndTheConsoleGoesOn() {
    console.stats =
        new FleetStats(
            -1, 0, 0, FleetStats.Ejections.NONE, 0, List.of(), FleetStats.TableChange.NONE);
    HttpResponse<String> answer = console.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).endsWith("\"status\":\"failure\"}");
    assertThat(console.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aTakenPortIsNamed() {
    var settings =
        new ConsoleSettings(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), console.port()),
            ControlAccess.loopback(),
            Duration.ofSeconds(1));
    FleetControl fleet = console.fleet;
    assertThatThrownBy(() -> Console.start(settings, console.sources(fleet)).close())
        .isInstanceOf(BindException.class)
        .hasMessageContaining("127.0.0.1:" + console.port());
  }

  @Test
  void aClosedConsoleNoLongerListens() throws IOException {
    var closed = new ConsoleUnderTest();
    closed.close();
    assertThatThrownBy(() -> closed.raw("GET / HTTP/1.0\r\n\r\n"))
        .hasCauseInstanceOf(IOException.class);
  }
}
