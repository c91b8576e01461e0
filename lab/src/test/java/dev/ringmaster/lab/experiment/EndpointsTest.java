package dev.ringmaster.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  @Test
  void everyEndpointOfTheContractIsAsked() {
    assertThat(Endpoints.cases(3).stream().map(one -> one.method() + " " + one.path()))
        .contains(
            "GET /rep", "GET /home", "GET /heartbeat", "GET /other", "POST /add", "DELETE /rm");
  }

  @Test
  void commandsAreAskedWellAndBadly() {
    for (String path : List.of("/add", "/rm")) {
      assertThat(
              Endpoints.cases(3).stream()
                  .filter(one -> one.path().equals(path))
                  .map(Endpoints.Case::status)
                  .collect(Collectors.toSet()))
          .as(path)
          .containsExactlyInAnyOrder(200, 400);
    }
  }

  @Test
  void theFleetIsExpectedToEndAsItBegan() {
    List<Endpoints.Case> cases = Endpoints.cases(3);
    String rep =
        "{\"message\":{\"N\":3,\"replicas\":[\"S1\",\"S2\",\"S3\"]},\"status\":\"successful\"}";
    assertThat(cases.getFirst().holds()).isEqualTo(rep);
    assertThat(cases.getLast().holds()).isEqualTo(rep);
  }

  @Test
  void aCheckPassesOnlyWithStatusAndBodyOfTheContract() {
    assertThat(check(200, "{\"N\":3}", 200, "{\"N\":3}").passed()).isTrue();
    assertThat(check(200, "{\"N\":3}", 200, "{\"N\":2}").passed()).isFalse();
    assertThat(check(400, "<Error>", 200, "<Error>").passed()).isFalse();
    assertThat(check(200, "", 200, "").passed()).isTrue();
    assertThat(check(200, "", 200, "not empty").passed()).isFalse();
  }

  private static EndpointCheck check(int expected, String holds, int status, String text) {
    return new EndpointCheck("GET /x", expected, holds, status, text, 1);
  }
}
