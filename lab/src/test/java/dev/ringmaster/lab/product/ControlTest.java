package dev.ringmaster.lab.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.lab.load.TinyServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ControlTest {
  private static final String TWO_OF_THREE =
      """
      {"service":"web","N":3,"serving":2,"table":{"version":7},
       "replicas":[
        {"name":"S1","seat":0,"state":"serving","address":"127.0.0.1:40001","inFlight":0},
        {"name":"S2","seat":1,"state":"suspect","address":"127.0.0.1:40002","inFlight":0},
        {"name":"S3","seat":2,"state":"serving","address":"[::1]:40003","inFlight":0}],
       "spares":[{"name":"S9","seat":-1,"state":"serving","address":"127.0.0.1:40009"}]}
      """;

  @Test
  void aStatusSaysWhoServesAndWhere() throws Exception {
    try (TinyServer console = new TinyServer(_ -> TinyServer.answer(200, TWO_OF_THREE));
        Control control = new Control(console.address())) {
      Status status = control.status();
      assertThat(status.n()).isEqualTo(3);
      assertThat(status.serves("S1")).isTrue();
      assertThat(status.serves("S2")).isFalse();
      assertThat(status.serves("S9")).as("a spare").isFalse();
      assertThat(status.replicas().get(1).port()).isEqualTo(40002);
      assertThat(status.replicas().get(2).port()).isEqualTo(40003);
      assertThat(status.whole(0)).isFalse();
    }
  }

  @Test
  void aFleetIsWholeWhenNServeAndItsSparesAreWarm() throws Exception {
    String three = TWO_OF_THREE.replace("\"serving\":2", "\"serving\":3");
    try (TinyServer console = new TinyServer(_ -> TinyServer.answer(200, three));
        Control control = new Control(console.address())) {
      assertThat(control.status().whole(0)).isTrue();
      assertThat(control.status().whole(1)).isTrue();
      assertThat(control.status().whole(2)).isFalse();
    }
  }

  @Test
  void waitingEndsWithTheFirstStatusThatIsAsWanted() throws Exception {
    String three = TWO_OF_THREE.replace("\"serving\":2", "\"serving\":3");
    try (TinyServer console =
            new TinyServer(i -> TinyServer.answer(200, i < 3 ? TWO_OF_THREE : three));
        Control control = new Control(console.address())) {
      Status whole = control.await(status -> status.whole(0), Duration.ofSeconds(30));
      assertThat(whole.serving()).isEqualTo(3);
      assertThat(console.requests()).isEqualTo(4);
    }
  }

  @Test
  void waitingInVainShowsTheLastStatus() throws Exception {
    try (TinyServer console = new TinyServer(_ -> TinyServer.answer(200, TWO_OF_THREE));
        Control control = new Control(console.address())) {
      assertThatThrownBy(() -> control.await(status -> status.whole(0), Duration.ofMillis(30)))
          .isInstanceOf(ProductFailure.class)
          .hasMessageContaining("serving=2");
    }
  }

  @Test
  void aRefusedCommandIsAFailureWithTheConsolesWords() throws Exception {
    String refusal = "{\"message\":\"<Error> S1 exists\",\"status\":\"failure\"}";
    try (TinyServer console = new TinyServer(_ -> TinyServer.answer(400, refusal));
        Control control = new Control(console.address())) {
      assertThatThrownBy(() -> control.command("/api/add", "{\"n\":1}"))
          .isInstanceOf(ProductFailure.class)
          .hasMessageContaining("400")
          .hasMessageContaining("S1 exists");
    }
  }
}
