package dev.ringmaster.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void theStatusIsATable() throws Exception {
    String status =
        """
        {"service":"web","N":2,"serving":1,"table":{"version":7,"fingerprint":"00ff"},
         "replicas":[
          {"name":"S1","seat":0,"state":"serving","address":"localhost:9001","inFlight":3,
           "restarts":0,"note":""},
          {"name":"S123456","seat":1,"state":"probing","address":"localhost:9002","inFlight":0,
           "restarts":2,"note":"exit code 1"}],
         "spares":[{"name":"S9","seat":-1,"state":"serving","address":"localhost:9003",
           "inFlight":0,"restarts":0,"note":""}]}
        """;
    assertThat(Shown.status(json(status)))
        .containsExactly(
            "web: 1 of 2 replicas serve, table version 7, fingerprint 00ff",
            "REPLICA  SEAT   STATE    ADDRESS         IN FLIGHT  RESTARTS  NOTE",
            "S1       0      serving  localhost:9001  3          0",
            "S123456  1      probing  localhost:9002  0          2         exit code 1",
            "S9       spare  serving  localhost:9003  0          0");
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
