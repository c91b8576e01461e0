package dev.ringmaster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rows of the classic contract, over HTTP, before a fleet of S1, S2, S3 that may grow to 10.
class ContractTest {
  private static final String MORE_THAN_ADDED =
      "Length of hostname list is more than newly added instances";
  private static final String MORE_THAN_REMOVABLE =
      "Length of hostname list is more than removable instances";

  private ConsoleUnderTest console;

  @BeforeEach
  void start() throws IOException {
    console = new ConsoleUnderTest();
  }

  @AfterEach
  void stop() {
    console.close();
  }

  static Stream<Arguments> taken() {
    return Stream.of(
        arguments("GET", "/rep", "", 3, "S1 S2 S3"),
        arguments("GET", "/rep?x=1", "", 3, "S1 S2 S3"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[\"S4\"]}", 4, "S1 S2 S3 S4"),
        arguments(
            "POST",
            "/add",
            "{\"n\":4,\"hostnames\":[\"S5\",\"S4\",\"S10\",\"S11\"]}",
            7,
            "S1 S2 S3 S5 S4 S10 S11"),
        arguments("POST", "/add", "{\"n\":2}", 5, "S1 S2 S3 S100003 S100004"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":null}", 4, "S1 S2 S3 S100003"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[]}", 4, "S1 S2 S3 S100003"),
        arguments("POST", "/add", "{\"n\":2,\"hostnames\":[\"a\"]}", 5, "S1 S2 S3 a S100004"),
        arguments("POST", "/add", "{\"hostnames\":[\"b\"],\"n\":1}", 4, "S1 S2 S3 b"),
        arguments("POST", "/add", " \t\r\n{ \"n\" : 1 } \n", 4, "S1 S2 S3 S100003"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[\"A.b-c_9\"]}", 4, "S1 S2 S3 A.b-c_9"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[\"\\u0053\\u0039\"]}", 4, "S1 S2 S3 S9"),
        arguments("POST", "/add", "{\"n\":7}", 10, null),
        arguments(
            "POST",
            "/add",
            "{\"n\":1,\"hostnames\":[\"" + "x".repeat(63) + "\"]}",
            4,
            "S1 S2 S3 " + "x".repeat(63)),
        arguments("POST", "/api/add", "{\"n\":1,\"hostnames\":[\"S4\"]}", 4, "S1 S2 S3 S4"),
        arguments("DELETE", "/rm", "{\"n\":1,\"hostnames\":[\"S2\"]}", 2, "S1 S3"),
        arguments("POST", "/rm", "{\"n\":1,\"hostnames\":[\"S2\"]}", 2, "S1 S3"),
        arguments("POST", "/api/rm", "{\"n\":1,\"hostnames\":[\"S1\"]}", 2, "S2 S3"),
        arguments("DELETE", "/rm", "{\"n\":2,\"hostnames\":[\"S1\"]}", 1, "S2"),
        arguments("DELETE", "/rm", "{\"n\":3}", 0, ""),
        arguments("POST", "/api/drain", "{\"name\":\"S2\"}", 3, "S1 S2 S3"),
        arguments("POST", "/api/undrain", "{\"name\":\"10.0.0.7:80\"}", 3, "S1 S2 S3"),
        arguments("POST", "/api/weight", "{\"name\":\"S2\",\"weight\":0.5}", 3, "S1 S2 S3"),
        arguments("POST", "/api/weight", "{\"name\":\"S2\",\"weight\":1}", 3, "S1 S2 S3"),
        arguments("POST", "/api/restart", "", 3, "S1 S2 S3"),
        arguments("POST", "/api/restart", "{}", 3, "S1 S2 S3"));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void whatIsTakenAnswersNAndTheReplicas(
      String method, String path, String body, int n, String replicas) {
    HttpResponse<String> answer = console.send(method, path, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    if (replicas != null) {
      String list =
          replicas.isEmpty() ? "[]" : "[\"" + String.join("\",\"", replicas.split(" ")) + "\"]";
      assertThat(answer.body())
          .isEqualTo(
              "{\"message\":{\"N\":%d,\"replicas\":%s},\"status\":\"successful\"}"
                  .formatted(n, list));
    }
    assertThat(console.fleet.view().desired()).isEqualTo(n);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(malformedNumbers(), malformedNames(), malformedBodies()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> malformedNumbers() {
    return Stream.of(
        arguments("{}", "n must be an integer"),
        arguments("{\"hostnames\":[\"S4\"]}", "n must be an integer"),
        arguments("{\"n\":\"2\"}", "n must be an integer"),
        arguments("{\"n\":1.5}", "n must be an integer"),
        arguments("{\"n\":1.0}", "n must be an integer"),
        arguments("{\"n\":1e2}", "n must be an integer"),
        arguments("{\"n\":1e400}", "n must be an integer"),
        arguments("{\"n\":-1e400}", "n must be an integer"),
        arguments("{\"n\":1e999999999}", "n must be an integer"),
        arguments("{\"n\":true}", "n must be an integer"),
        arguments("{\"n\":null}", "n must be an integer"),
        arguments("{\"n\":[2]}", "n must be an integer"),
        arguments("{\"n\":{\"n\":2}}", "n must be an integer"),
        arguments("{\"n\":0}", "n must be an integer from 1 to 1048576, and no more than max-"),
        arguments("{\"n\":-0}", "n must be an integer from 1"),
        arguments("{\"n\":-3}", "n must be an integer from 1"),
        arguments("{\"n\":99999999999}", "n must be an integer from 1"),
        arguments("{\"n\":4294967297}", "n must be an integer from 1"),
        arguments("{\"n\":2147483647}", "n must be an integer from 1"),
        arguments("{\"n\":" + "9".repeat(900) + "}", "n must be an integer from 1"),
        arguments("{\"n\":" + "9".repeat(5000) + "}", "not such JSON"),
        arguments("{\"n\":0,\"hostnames\":[\"S4\"]}", "n must be an integer from 1"));
  }

  private static Stream<Arguments> malformedNames() {
    return Stream.of(
        arguments("{\"n\":2,\"hostnames\":\"S4\"}", "hostnames must be a list of strings"),
        arguments("{\"n\":2,\"hostnames\":{\"0\":\"S4\"}}", "hostnames must be a list"),
        arguments("{\"n\":2,\"hostnames\":false}", "hostnames must be a list"),
        arguments("{\"n\":2,\"hostnames\":[4]}", "hostnames must be a list of strings"),
        arguments("{\"n\":2,\"hostnames\":[null]}", "hostnames must be a list of strings"),
        arguments("{\"n\":2,\"hostnames\":[[\"S4\"]]}", "hostnames must be a list of strings"),
        arguments("{\"n\":2,\"hostnames\":[\"S4\",\"S4\"]}", "'S4' is given twice"),
        arguments("{\"n\":2,\"hostnames\":[\"\"]}", "'' is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"-x\"]}", "'-x' is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\".x\"]}", "'.x' is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"a b\"]}", "'a b' is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"a;reboot\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"$(reboot)\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"../x\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"S4\\n\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"S\\u00004\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"S\u00e9\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"\u0661\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"\\ud800\"]}", "is not valid"),
        arguments("{\"n\":2,\"hostnames\":[\"" + "x".repeat(64) + "\"]}", "is not valid"));
  }

  private static Stream<Arguments> malformedBodies() {
    return Stream.of(
        arguments("", "the body is empty"),
        arguments("   ", "the body is empty"),
        arguments("null", "another JSON value"),
        arguments("[]", "another JSON value"),
        arguments("3", "another JSON value"),
        arguments("\"n\"", "another JSON value"),
        arguments("n=2&hostnames=S4", "not such JSON (line 1, column"),
        arguments("{\"n\":2", "not such JSON"),
        arguments("{\"n\":2}}", "not such JSON"),
        arguments("{\"n\":2} {\"n\":2}", "not such JSON"),
        arguments("{\"n\":2,}", "not such JSON"),
        arguments("{n:2}", "not such JSON"),
        arguments("{'n':2}", "not such JSON"),
        arguments("{\"n\":02}", "not such JSON"),
        arguments("{\"n\":+2}", "not such JSON"),
        arguments("{\"n\":NaN}", "not such JSON"),
        arguments("{\"n\":2/* two */}", "not such JSON"),
        arguments("\uFEFF{\"n\":2}", "not such JSON"),
        arguments("{\"n\":1,\"n\":2}", "not such JSON"),
        arguments("{\"n\":2,\"hostnames\":[],\"hostnames\":[]}", "not such JSON"),
        arguments("{\"n\":2,\"hostname\":[\"S4\"]}", "it has no member 'hostname'"),
        arguments("{\"N\":2}", "it has no member 'N'"),
        arguments("{\"n\":2,\"hostnames\":" + "[".repeat(100_000), "not such JSON"),
        arguments("{\"n\":" + "{\"n\":".repeat(17) + "1" + "}".repeat(18), "not such JSON"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsMalformedIsRefusedByAddAndRmAndChangesNothing(String body, String reason) {
    for (HttpResponse<String> answer :
        List.of(console.send("POST", "/add", body), console.send("DELETE", "/rm", body))) {
      assertFailure(answer, 400, reason);
    }
    assertThat(console.fleet.commands).isEmpty();
  }

  static Stream<Arguments> refused() {
    String three = "{\"n\":2,\"hostnames\":[\"S4\",\"S5\",\"S6\"]}";
    String two = "{\"n\":1,\"hostnames\":[\"S1\",\"S1\"]}";
    return Stream.of(
        arguments("POST", "/add", three, 400, MORE_THAN_ADDED),
        arguments("POST", "/add", two, 400, MORE_THAN_ADDED),
        arguments("POST", "/api/add", three, 400, MORE_THAN_ADDED),
        arguments("DELETE", "/rm", three, 400, MORE_THAN_REMOVABLE),
        arguments("DELETE", "/rm", two, 400, MORE_THAN_REMOVABLE),
        arguments("POST", "/rm", three, 400, MORE_THAN_REMOVABLE),
        arguments("POST", "/add", "{\"n\":8}", 400, "At most 10 replicas may run"),
        arguments("POST", "/add", "{\"n\":1048576}", 400, "At most 10 replicas may run"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[\"S1\"]}", 400, "'S1' exists already"),
        arguments("DELETE", "/rm", "{\"n\":4}", 400, "Only 3 replicas can be removed"),
        arguments("DELETE", "/rm", "{\"n\":1,\"hostnames\":[\"S9\"]}", 400, "'S9' does not exist"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[\"late\"]}", 503, "late did not answer"),
        arguments("POST", "/add", "{\"n\":1,\"hostnames\":[\"broken\"]}", 500, "the log says why"),
        arguments("POST", "/api/drain", "{\"name\":\"S9\"}", 400, "'S9' does not exist"),
        arguments("POST", "/api/drain", "{\"name\":3}", 400, "name must be a string"),
        arguments("POST", "/api/drain", "{\"name\":\"\"}", 400, "name must be a string"),
        arguments("POST", "/api/drain", "{}", 400, "name must be a string"),
        arguments("POST", "/api/drain", "{\"n\":3}", 400, "it has no member 'n'"),
        arguments("POST", "/api/drain", "", 400, "the body is empty"),
        arguments("POST", "/api/weight", "{\"name\":\"S2\"}", 400, "weight must be a number"),
        arguments(
            "POST", "/api/weight", "{\"name\":\"S2\",\"weight\":\"1\"}", 400, "must be a number"),
        arguments("POST", "/api/weight", "{\"weight\":1}", 400, "name must be a string"),
        arguments("POST", "/api/weight", "{\"name\":\"S9\",\"weight\":1}", 400, "does not exist"),
        arguments("POST", "/api/restart", "{\"n\":1}", 400, "it has no member 'n'"),
        arguments("POST", "/api/restart", "[]", 400, "another JSON value"),
        arguments(
            "POST", "/api/drain", "{\"name\":\"" + "x".repeat(999) + "\"}", 400, "does not exist"),
        arguments("GET", "/no", "", 404, "'/no' endpoint does not exist"),
        arguments("GET", "/rep/", "", 404, "'/rep/' endpoint does not exist"),
        arguments("POST", "/%61dd", "{\"n\":1}", 404, "endpoint does not exist"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsRefusedChangesNothing(
      String method, String path, String body, int status, String reason) {
    assertFailure(console.send(method, path, body), status, reason);
    assertThat(console.fleet.view().desired()).isEqualTo(3);
    assertThat(console.fleet.view().replicas()).hasSize(3);
  }

  static Stream<Arguments> wrongMethods() {
    return Stream.of(
        arguments("POST", "/rep", "GET, HEAD"),
        arguments("DELETE", "/rep", "GET, HEAD"),
        arguments("OPTIONS", "/rep", "GET, HEAD"),
        arguments("GET", "/add", "POST"),
        arguments("PUT", "/add", "POST"),
        arguments("DELETE", "/add", "POST"),
        arguments("GET", "/rm", "DELETE, POST"),
        arguments("PATCH", "/rm", "DELETE, POST"),
        arguments("get", "/rep", "GET, HEAD"),
        arguments("GET", "/api/add", "POST"),
        arguments("DELETE", "/api/rm", "POST"),
        arguments("GET", "/api/drain", "POST"),
        arguments("GET", "/api/weight", "POST"),
        arguments("DELETE", "/api/restart", "POST"),
        arguments("POST", "/api/status", "GET, HEAD"),
        arguments("POST", "/metrics", "GET, HEAD"),
        arguments("POST", "/", "GET, HEAD"));
  }

  @ParameterizedTest
  @MethodSource("wrongMethods")
  void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
    HttpResponse<String> answer = console.send(method, path, "{\"n\":1}");
    assertFailure(answer, 405, "'" + path + "' takes " + allowed);
    assertThat(answer.headers().firstValue("allow")).contains(allowed);
    assertThat(console.fleet.commands).isEmpty();
  }

  private static void assertFailure(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body())
        .startsWith("{\"message\":\"<Error> ")
        .endsWith("\",\"status\":\"failure\"}")
        .contains(reason)
        .hasSizeLessThan(500);
  }

  @ParameterizedTest
  @MethodSource("exact")
  void theContractsTwoSentencesAreByteExact(String method, String path, String answer) {
    assertThat(console.send(method, path, "{\"n\":1,\"hostnames\":[\"S4\",\"S5\"]}").body())
        .isEqualTo(answer);
  }

  static Stream<Arguments> exact() {
    return Stream.of(
        arguments(
            "POST",
            "/add",
            "{\"message\":\"<Error> Length of hostname list is more than newly added instances\","
                + "\"status\":\"failure\"}"),
        arguments(
            "DELETE",
            "/rm",
            "{\"message\":\"<Error> Length of hostname list is more than removable instances\","
                + "\"status\":\"failure\"}"));
  }
}
