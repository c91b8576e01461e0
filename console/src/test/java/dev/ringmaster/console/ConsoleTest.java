package dev.ringmaster.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private ConsoleUnderTest console;

  @BeforeEach
  void start() throws IOException {
    console = new ConsoleUnderTest();
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void repTellsNAndTheReplicas() {
    assertThat(console.get("/rep").body())
        .isEqualTo(
            "{\"message\":{\"N\":3,\"replicas\":[\"S1\",\"S2\",\"S3\"]},\"status\":\"successful\"}");
  }

  @Test
  void addAppendsTheNamedOnes() {
    assertThat(console.send("POST", "/add", "{\"n\":2,\"hostnames\":[\"S5\",\"S4\"]}").body())
        .isEqualTo(
            "{\"message\":{\"N\":5,\"replicas\":[\"S1\",\"S2\",\"S3\",\"S5\",\"S4\"]},"
                + "\"status\":\"successful\"}");
  }
}
