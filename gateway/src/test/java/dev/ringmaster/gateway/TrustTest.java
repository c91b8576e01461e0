package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.gateway.trust.ForwardedHeader;
import dev.ringmaster.gateway.trust.ProxyProtocol;
import dev.ringmaster.gateway.trust.TrustSettings;
import dev.ringmaster.gateway.trust.TrustedProxies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who a request comes from, through a gateway: what proxies say in headers and before them.
class TrustTest {
  private static final String V1 = "PROXY TCP4 203.0.113.9 198.51.100.1 51000 443\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

  private static UnaryOperator<GatewaySettings> trusting(
      ForwardedHeader forwarded, ProxyProtocol protocol, String... proxies) {
    TrustedProxies trusted = TrustedProxies.of(List.of(proxies));
    return settings -> settings.withTrust(new TrustSettings(trusted, forwarded, protocol));
  }

  private static UnaryOperator<GatewaySettings> headers(String... proxies) {
    return trusting(ForwardedHeader.ON, ProxyProtocol.OFF, proxies);
  }

  private static UnaryOperator<GatewaySettings> proxied() {
    return trusting(ForwardedHeader.OFF, ProxyProtocol.REQUIRED, "127.0.0.0/8", "203.0.113.200");
  }

  /// A replica that answers with the head it got.
  private static ScriptedReplica mirror() throws Exception {
    return ScriptedReplica.that(wire -> {
      while (true) {
        wire.send(ok(wire.head()));
      }
    });
  }

  private static final String[] DISGUISED = {
    "X_Forwarded_For", "X-Forwarded_Proto", "X_Real_IP", "Content_Length", "Transfer_Encoding"
  };

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "198.51.100.7"})
  void namesThatServersReadAsClaimsOrFramingDoNotPassFromAnyone(String proxy) throws Exception {
    StringBuilder request = new StringBuilder("GET / HTTP/1.1\r\nHost: t\r\nX_Other: kept\r\n");
    for (String name : DISGUISED) {
      request.append(name).append(": 6\r\n");
    }
    try (var replica = mirror();
        var gateway = GatewayUnderTest.listening(FakeFleet.at(replica.port()), headers(proxy))) {
      String head = gateway.ask(request + "\r\n");
      assertThat(head).contains("X_Other: kept").doesNotContain(DISGUISED);
    }
  }

  @Test
  void norDoTheyOverHttp2() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var answer = client.open().get("/", "x_forwarded_for", "6.6.6.6", "x_other", "kept").answer();
      assertThat(answer.body()).contains("x_other: kept").doesNotContain("6.6.6.6");
    }
  }

  @Test
  void eachRequestOfATrustedProxyHasAnOriginOfItsOwn() throws Exception {
    try (var replica = mirror();
        var gateway =
            GatewayUnderTest.listening(FakeFleet.at(replica.port()), headers("127.0.0.1"));
        Wire proxy = gateway.client()) {
      String first = "GET / HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 6.6.6.6, 1.1.1.1\r\n\r\n";
      assertThat(proxy.send(first).message())
          .contains("\r\nX-Forwarded-For: 1.1.1.1, 127.0.0.1\r\n")
          .contains("\r\nForwarded: for=1.1.1.1, for=127.0.0.1;host=\"t\";proto=http\r\n");
      String second = "GET / HTTP/1.1\r\nHost: t\r\nForwarded: for=\"[2001:db8::1]\"\r\n\r\n";
      assertThat(proxy.send(second).message())
          .contains("\r\nX-Forwarded-For: 2001:db8::1, 127.0.0.1\r\n");
      assertThat(proxy.send(GET).message()).contains("\r\nX-Forwarded-For: 127.0.0.1\r\n");
    }
  }

  @Test
  void loopbackIsNotBelievedUnlessListed() throws Exception {
    try (var replica = mirror();
        var gateway =
            GatewayUnderTest.listening(FakeFleet.at(replica.port()), headers("10.0.0.0/8"))) {
      assertThat(gateway.ask("GET / HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n"))
          .contains("\r\nX-Forwarded-For: 127.0.0.1\r\n");
    }
  }

  @Test
  void theKeyIsTheAddressOfTheClientBehindTheProxy() throws Exception {
    try (var one = ScriptedReplica.answering("1");
        var two = ScriptedReplica.answering("2");
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(one.port(), two.port()),
                headers("127.0.0.1"),
                settings -> settings.withKey(KeyRule.parse("client-address")),
                question -> CompletableFuture.completedFuture(Answer.json(200, "")));
        Wire proxy = gateway.client()) {
      StringBuilder served = new StringBuilder();
      for (int i = 0; i < 64; i++) {
        String answer =
            proxy
                .send("GET / HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 1.1.1." + i + "\r\n\r\n")
                .message();
        served.append(answer.charAt(answer.length() - 1));
      }
      assertThat(served.toString()).contains("1", "2");
    }
  }

  @Test
  void ringmastersOwnEndpointsSeeTheClientBehindTheProxy() throws Exception {
    try (var gateway =
        GatewayUnderTest.over(
            FakeFleet.at(),
            headers("127.0.0.1"),
            settings -> settings,
            question ->
                CompletableFuture.completedFuture(
                    Answer.json(200, question.client().getHostAddress())))) {
      assertThat(gateway.ask("GET /rep HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n"))
          .endsWith("1.1.1.1");
      assertThat(gateway.get("/rep")).endsWith("127.0.0.1");
    }
  }

  @Test
  void theAccessLogHasTheClientBehindTheProxy(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("access.log");
    try (var replica = mirror();
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings ->
                    headers("127.0.0.1")
                        .apply(settings)
                        .withAccessLog(AccessLogTarget.File.of(log)))) {
      gateway.ask("GET / HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n");
    }
    assertThat(Files.readString(log)).contains("\"client\":\"1.1.1.1\"");
  }

  @Test
  void aProxyHeaderSaysWhoTheClientIs() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.listening(FakeFleet.at(replica.port()), proxied())) {
      assertThat(gateway.ask(V1 + "GET / HTTP/1.0\r\n\r\n"))
          .contains("\r\nX-Forwarded-For: 203.0.113.9\r\n")
          .contains("\r\nX-Forwarded-Host: 198.51.100.1:443\r\n");
      assertThat(gateway.ask(V1 + GET.replace("\r\n\r\n", "\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n")))
          .contains("\r\nX-Forwarded-For: 203.0.113.9\r\n");
      String v2 =
          new String(
              HexFormat.of()
                  .parseHex(
                      "0d0a0d0a000d0a515549540a" + "2111000f" + "cb007109c633640103e80050ee0000"),
              StandardCharsets.ISO_8859_1);
      assertThat(gateway.ask(v2 + GET)).contains("\r\nX-Forwarded-For: 203.0.113.9\r\n");
    }
  }

  @Test
  void aProxyBehindTheProxyHeaderIsBelievedToo() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.listening(FakeFleet.at(replica.port()), proxied())) {
      String cdn = "PROXY TCP4 203.0.113.200 198.51.100.1 51000 443\r\n";
      assertThat(gateway.ask(cdn + GET.replace("\r\n\r\n", "\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n")))
          .contains("\r\nX-Forwarded-For: 1.1.1.1, 203.0.113.200\r\n");
    }
  }

  @Test
  void aHealthCheckOfTheProxyComesFromItself() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.listening(FakeFleet.at(replica.port()), proxied())) {
      assertThat(gateway.ask("PROXY UNKNOWN\r\n" + GET))
          .contains("\r\nX-Forwarded-For: 127.0.0.1\r\n");
    }
  }

  @Test
  void aHeaderMayComeInPieces() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.listening(FakeFleet.at(replica.port()), proxied());
        Wire client = gateway.client()) {
      for (int i = 0; i < V1.length(); i++) {
        client.send(V1.substring(i, i + 1));
      }
      assertThat(client.send(GET).message()).contains("\r\nX-Forwarded-For: 203.0.113.9\r\n");
      assertThat(client.send(GET).message()).contains("\r\nX-Forwarded-For: 203.0.113.9\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\nHost: t\r\n\r\n", "PROXY TCP4 a b 1 2\r\n", "\r\n\r\n\1"})
  void whatIsNoHeaderIsClosedAndCounted(String bytes) throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.listening(FakeFleet.at(replica.port()), proxied());
        Wire client = gateway.client()) {
      client.send(bytes).drain();
      await().until(() -> gateway.gateway().totals().refusals().greetings() == 1);
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void aSenderThatIsNotTrustedIsClosedWhateverItSends() throws Exception {
    try (var replica = mirror();
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                trusting(ForwardedHeader.OFF, ProxyProtocol.REQUIRED, "10.0.0.0/8"));
        Wire client = gateway.client()) {
      client.sendQuietly(V1 + GET);
      client.drain();
      await().until(() -> gateway.gateway().totals().refusals().greetings() == 1);
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void aHeaderThatDoesNotComeIsNotWaitedForLong() throws Exception {
    try (var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(),
                settings ->
                    proxied()
                        .apply(settings)
                        .withTimeouts(settings.timeouts().withHead(Duration.ofMillis(300))));
        Wire client = gateway.client()) {
      assertThat(client.send("PROXY TCP4").rest()).isEmpty();
      assertThat(gateway.gateway().totals().refusals().greetings()).isEqualTo(1);
    }
  }

  @Test
  void aHeaderIsAMalformedRequestWhereNoneIsExpected() throws Exception {
    try (var gateway = GatewayUnderTest.over(FakeFleet.at())) {
      assertThat(gateway.ask(V1 + GET)).startsWith("HTTP/1.1 400 ");
    }
  }
}
