package dev.ringmaster.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void theStatusIsATable() throws Exception {
    String status =
        """
        {"service":"web","N":2,"serving":1,"table":{"version":7,"fingerprint":"00ff"},
         "replicas":[
          {"name":"S1","seat":0,"state":"serving","address":"localhost:9001","inFlight":3,
           "restarts":0,"note":"","since":"2026-01-02T03:04:05Z","weight":1.0,"share":1.0},
          {"name":"S123456","seat":1,"state":"probing","address":"localhost:9002","inFlight":0,
           "restarts":2,"note":"exit code 1","since":"2026-01-02T06:00:00Z","weight":0.5,
           "share":0.05}],
         "spares":[{"name":"S9","seat":-1,"state":"serving","address":"localhost:9003",
           "inFlight":0,"restarts":0,"note":"","since":"2026-01-02T06:59:58.5Z","weight":1.0,
           "share":0.0}]}
        """;
    assertThat(Shown.status(json(status), Instant.parse("2026-01-02T07:00:00Z")))
        .containsExactly(
            "web: 1 of 2 replicas serve, table version 7, fingerprint 00ff",
            "REPLICA  SEAT   STATE    FOR  ADDRESS         IN FLIGHT  WEIGHT       RESTARTS  NOTE",
            "S1       0      serving  3h   localhost:9001  3          1            0",
            "S123456  1      probing  60m  localhost:9002  0          0.05 of 0.5  2         exit code 1",
            "S9       spare  serving  1s   localhost:9003  0          -            0");
  }

  @Test
  void aCommandIsAnsweredWithNAndTheNames() throws Exception {
    assertThat(Shown.replicas(json("{\"message\":{\"N\":2,\"replicas\":[\"S1\",\"S2\"]}}")))
        .containsExactly("N is 2: S1 S2");
  }

  @Test
  void anExplanationNamesTheReplicaAndTheCandidates() throws Exception {
    String explained =
        """
        {"service":"web","key":"header:X-User","hash":"00000000000000ff","seat":1,"replica":"S2",
         "spills":true,"why":"S1 is full","candidates":[
          {"seat":0,"replica":"S1","state":"serving","inFlight":9,"cap":8,"full":true},
          {"seat":1,"replica":"S2","state":"serving","inFlight":1,"cap":null,"full":false}]}
        """;
    assertThat(Shown.explanation(json(explained)))
        .containsExactly(
            "replica  S2 (spilled)",
            "key      header:X-User",
            "hash     00000000000000ff",
            "why      S1 is full",
            "CANDIDATE  SEAT  STATE    IN FLIGHT  CAP",
            "S1         0     serving  9          8",
            "S2         1     serving  1          -");
  }

  @Test
  void aRowHasACellForEachHeading() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Columns("A", "B").add("a"));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
