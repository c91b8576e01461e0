package dev.ringmaster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.console.access.BearerToken;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.console.access.Verdict;
import dev.ringmaster.console.command.ClassicEndpoints;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String ADD = "{\"n\":1}";
  private static final ControlAccess LOCAL = ControlAccess.loopback();

  private static Question question(String client, Map<String, String> headers) {
    return new Question("POST", "/add", "", headers, ADD, InetAddress.ofLiteral(client));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.1, true",
    "::1, true",
    "::ffff:127.0.0.1, true",
    "10.0.0.1, false",
    "172.17.0.1, false",
    "192.0.2.1, false",
    "0.0.0.0, false",
    "fe80::1, false",
    "2001:db8::1, false"
  })
  void loopbackMeansClientsOnThisMachine(String client, boolean allowed) {
    Verdict verdict = LOCAL.judge(question(client, Map.of()));
    assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "localhost:5001, true",
    "LOCALHOST:5001, true",
    "web.localhost, true",
    "127.0.0.1:5001, true",
    "127.1.2.3, true",
    "[::1]:5001, true",
    "[::1], true",
    "console.example:5001, true",
    "evil.example, false",
    "evil.example:5001, false",
    "localhost.evil.example, false",
    "127.0.0.1.evil.example, false",
    "notlocalhost, false",
    "10.0.0.1, false",
    "'', false"
  })
  void aHostThatIsNotThisMachinesIsRefused(String host, boolean allowed) {
    var access = new ControlAccess(ControlMode.LOOPBACK, null, Set.of("Console.Example"));
    Verdict verdict = access.judge(question("127.0.0.1", Map.of("host", host)));
    assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forwarded", "x-forwarded-for", "via"})
  void aForwardedRequestIsNotLocal(String header) {
    assertThat(LOCAL.judge(question("127.0.0.1", Map.of(header, "192.0.2.1"))))
        .isInstanceOf(Verdict.Forbidden.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5001, true",
    "http://evil.example, false",
    "http://localhost:3000, false",
    "https://localhost:5001, false",
    "null, false"
  })
  void aPageOfAnotherOriginIsRefused(String origin, boolean allowed) {
    Verdict verdict =
        LOCAL.judge(question("127.0.0.1", Map.of("host", "localhost:5001", "origin", origin)));
    assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
  }

  @Test
  void openMeansEveryone() {
    var open = new ControlAccess(ControlMode.OPEN, null, Set.of());
    assertThat(open.judge(question("192.0.2.1", Map.of("host", "lb.example"))))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @EnumSource(ControlMode.class)
  void aTokenIsNeededWhateverTheMode(ControlMode mode) {
    var access = new ControlAccess(mode, BearerToken.of("s3cret"), Set.of());
    assertThat(access.judge(question("127.0.0.1", Map.of())))
        .isInstanceOf(Verdict.TokenNeeded.class);
    assertThat(access.judge(question("192.0.2.1", Map.of("authorization", "Bearer s3cret"))))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer s3cret, true",
    "bearer s3cret, true",
    "Bearer  s3cret, true",
    "Bearer s3cre, false",
    "Bearer s3cretx, false",
    "Bearer S3CRET, false",
    "Bearer, false",
    "Bearers3cret, false",
    "'Bearer ', false",
    "Basic s3cret, false",
    "s3cret, false",
    "'', false"
  })
  void onlyTheWholeTokenOpens(String authorization, boolean opens) {
    assertThat(BearerToken.of(" s3cret\n").opens(authorization)).isEqualTo(opens);
    assertThat(BearerToken.of("s3cret").opens(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two words", "two\nlines", "ünsafe", "=a"})
  void whatIsNoTokenIsNotMadeOne(String text) {
    assertThatThrownBy(() -> BearerToken.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a token is one line");
  }

  @Test
  void aTokenIsNotShown() {
    var access = new ControlAccess(ControlMode.OPEN, BearerToken.of("s3cret"), Set.of());
    assertThat(access.toString()).doesNotContain("s3cret");
  }

  @Test
  void withControlOffAddAndRmAreTheReplicas() {
    var off = new ControlAccess(ControlMode.OFF, null, Set.of());
    assertThat(classic(off).paths()).containsExactly("/rep");
    assertThat(classic(LOCAL).paths()).containsExactlyInAnyOrder("/rep", "/add", "/rm");
  }

  @Test
  void repIsOpenToAllAndAddIsNot() {
    InetAddress stranger = InetAddress.ofLiteral("192.0.2.1");
    Answer rep =
        classic(LOCAL)
            .answer(new Question("GET", "/rep", "", Map.of(), "", stranger))
            .toCompletableFuture()
            .join();
    assertThat(rep.status()).isEqualTo(200);
    Answer add =
        classic(LOCAL)
            .answer(new Question("POST", "/add", "", Map.of(), ADD, stranger))
            .toCompletableFuture()
            .join();
    assertThat(add.status()).isEqualTo(403);
    assertThat(add.body()).startsWith("{\"message\":\"<Error> Only clients on this machine");
  }

  /// The gateway puts U+FFFD where bytes are not UTF-8; no name and no member has one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\":1,\"hostnames\":[\"S\uFFFD\"]}",
        "{\"n\":1,\"\uFFFD\":1}",
        "{\"n\":1}\uFFFD",
        "\uFFFD"
      })
  void bytesThatWereNotUtf8AreRefusedOnTheTrafficPort(String body) {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    Answer answer =
        classic(LOCAL)
            .answer(new Question("POST", "/add", "", Map.of(), body, here))
            .toCompletableFuture()
            .join();
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void theAdminPortAsksForTheTokenToo() throws IOException {
    var access = new ControlAccess(ControlMode.OFF, BearerToken.of("s3cret"), Set.of());
    try (var console = new ConsoleUnderTest(access, Duration.ofSeconds(60))) {
      for (String path :
          Set.of(
              "/add", "/rm", "/api/add", "/api/rm", "/api/drain", "/api/weight", "/api/restart")) {
        HttpResponse<String> without = console.send("POST", path, ADD);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("www-authenticate"))
            .contains("Bearer realm=\"ringmaster\"");
        assertThat(without.body()).startsWith("{\"message\":\"<Error> A bearer token is needed");
        assertThat(console.send("POST", path, ADD, "Authorization", "Bearer no").statusCode())
            .isEqualTo(401);
      }
      assertThat(console.fleet.commands).isEmpty();
      assertThat(console.send("POST", "/add", ADD, "Authorization", "Bearer s3cret").statusCode())
          .isEqualTo(200);
      assertThat(console.get("/api/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aReboundNameCannotAdd() throws IOException {
    try (var console = new ConsoleUnderTest()) {
      String rest = "Connection: close\r\nContent-Length: 7\r\n\r\n" + ADD;
      assertThat(console.raw("POST /api/add HTTP/1.1\r\nHost: evil.example:5001\r\n" + rest))
          .startsWith("HTTP/1.1 403")
          .contains("The Host header must name localhost");
      assertThat(console.fleet.commands).isEmpty();
      assertThat(console.raw("POST /api/add HTTP/1.1\r\nHost: localhost:5001\r\n" + rest))
          .startsWith("HTTP/1.1 200");
    }
  }

  private static ClassicEndpoints classic(ControlAccess access) {
    FakeFleet fleet = new FakeFleet(3, 10);
    return new ClassicEndpoints(() -> fleet, access, Duration.ofSeconds(60));
  }
}
