package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.NamedReplicas.seat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import dev.ringmaster.gateway.ledger.LedgerTotals.KeyTotals;
import dev.ringmaster.gateway.route.Match;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.NamedReplicas;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.gateway.trust.ForwardedHeader;
import dev.ringmaster.gateway.trust.ProxyProtocol;
import dev.ringmaster.gateway.trust.TrustSettings;
import dev.ringmaster.gateway.trust.TrustedProxies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that are given their key in a signed cookie.
class StickyTest {
  private static final int SEATS = 4;
  private static final byte[] SECRET = "0123456789abcdef".getBytes(US_ASCII);
  private static final Pattern SET_COOKIE =
      Pattern.compile("\r\nSet-Cookie: (rm=[^;]*); Path=/; HttpOnly; SameSite=Lax\r\n");

  private static UnaryOperator<ServiceSettings> rule(String rule) {
    return settings ->
        settings.withKey(KeyRule.parse(rule), StickySettings.of(SECRET, null)).withBound(null);
  }

  private static String get(String... lines) {
    return "GET / HTTP/1.1\r\nHost: t\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String with(String cookie) {
    return get("Cookie: theme=dark; " + cookie);
  }

  /// The cookie that an answer gives, as the client sends it.
  private static String given(String answer) {
    Matcher matcher = SET_COOKIE.matcher(answer);
    assertThat(matcher.find()).as("a cookie in %s", answer).isTrue();
    return matcher.group(1);
  }

  private static KeyTotals keys(GatewayUnderTest gateway) {
    return gateway.gateway().totals().services().getFirst().keys();
  }

  @Test
  void aClientThatLeavesHttpIsGivenItsCookieToo() throws Exception {
    String taken = "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(taken);
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("sticky:rm"));
        Wire client = gateway.client()) {
      client.send(get("Connection: upgrade", "Upgrade: websocket"));
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 101 ");
      assertThat(given(head)).startsWith("rm=");
    }
  }

  @Test
  void aClientStaysWhereItsFirstRequestWent() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("sticky:rm"))) {
      Set<Integer> seats = new HashSet<>();
      for (int client = 0; client < 30; client++) {
        String first = gateway.ask("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
        seats.add(seat(first));
        for (int i = 0; i < 3; i++) {
          String next = gateway.ask(with(given(first)));
          assertThat(seat(next)).isEqualTo(seat(first));
          assertThat(next).doesNotContain("Set-Cookie");
        }
      }
      assertThat(seats).hasSize(SEATS);
      assertThat(keys(gateway).stickyIssued()).isEqualTo(30);
      assertThat(keys(gateway).stickyForged()).isZero();
    }
  }

  @Test
  void itStaysThereWhenRingmasterStartsAnew() throws Exception {
    try (var replicas = new NamedReplicas(SEATS)) {
      String first;
      try (var gateway = GatewayUnderTest.over(replicas.fleet(), rule("sticky:rm"))) {
        first = gateway.get("/");
      }
      try (var gateway = GatewayUnderTest.over(replicas.fleet(), rule("sticky:rm"))) {
        String next = gateway.ask(with(given(first)));
        assertThat(seat(next)).isEqualTo(seat(first));
        assertThat(next).doesNotContain("Set-Cookie");
      }
    }
  }

  @Test
  void itComesHomeWhenItsReplicaIsReplaced() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("sticky:rm"))) {
      String cookie = given(gateway.get("/"));
      int home = seat(gateway.ask(with(cookie)));
      FleetView whole = gateway.fleet().view();
      List<@Nullable Replica> holed = new ArrayList<>(whole.seats());
      holed.set(home, null);
      gateway.fleet().show(FakeFleet.viewOf(SEATS, holed));
      String away = gateway.ask(with(cookie));
      assertThat(seat(away)).isNotEqualTo(home);
      assertThat(away).doesNotContain("Set-Cookie");
      gateway.fleet().show(whole);
      assertThat(seat(gateway.ask(with(cookie)))).isEqualTo(home);
    }
  }

  @Test
  void aForgedCookieIsReplaced() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("sticky:rm"))) {
      String cookie = given(gateway.get("/"));
      String forged =
          cookie.substring(0, 10) + (cookie.charAt(10) == 'A' ? 'B' : 'A') + cookie.substring(11);
      assertThat(given(gateway.ask(with(forged)))).isNotEqualTo(forged);
      assertThat(given(gateway.ask(with("rm=1")))).isNotEqualTo("rm=1");
      assertThat(keys(gateway).stickyForged()).isEqualTo(2);
      assertThat(keys(gateway).stickyIssued()).isEqualTo(3);
    }
  }

  @Test
  void aPlaceBeforeItIsPreferredAndGivesNoCookie() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway =
            GatewayUnderTest.over(replicas.fleet(), rule("header:X-User,body:/user,sticky:rm"))) {
      assertThat(gateway.ask(get("X-User: ada"))).doesNotContain("Set-Cookie");
      String body = "{\"user\":1}";
      String post = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + body.length() + "\r\n\r\n";
      assertThat(gateway.ask(post + body)).doesNotContain("Set-Cookie");
      String none = "{\"uzer\":1}";
      given(gateway.ask(post + none));
      given(gateway.get("/"));
    }
  }

  @Test
  void theReplicaSeesTheCookieAndMaySetItsOwn() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              while (true) {
                String cookies =
                    wire.message().contains("Cookie: theme=dark; rm=") ? "seen" : "none";
                wire.send(
                    "HTTP/1.1 200 OK\r\nSet-Cookie: own=1\r\nContent-Length: 4\r\n\r\n" + cookies);
              }
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("sticky:rm"));
        Wire client = gateway.client()) {
      String first = client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message();
      assertThat(first).contains("Set-Cookie: own=1\r\n").endsWith("none");
      String next = client.send(with(given(first))).message();
      assertThat(next).contains("Set-Cookie: own=1\r\n").doesNotContain("rm=").endsWith("seen");
    }
  }

  /// A browser has one cookie of a name for a host, whatever stands behind its paths.
  @Test
  void theServicesOfAHostShareAClientsCookie() throws Exception {
    ServiceSettings sticky = rule("sticky:rm").apply(ServiceSettings.DEFAULT);
    try (var left = new NamedReplicas(SEATS);
        var right = new NamedReplicas(SEATS)) {
      Plane plane =
          new Plane(
              List.of(
                  new ServedService("left", sticky, left.fleet()),
                  new ServedService("right", sticky, right.fleet())),
              new Routes(
                  List.of(
                      Route.to("left", Match.ANY.withPath("/left")),
                      Route.to("right", Match.ANY))));
      try (var gateway = GatewayUnderTest.serving(left.fleet(), plane)) {
        String cookie = given(gateway.get("/left"));
        int atLeft = seat(gateway.ask(with(cookie).replace("GET /", "GET /left")));
        int atRight = seat(gateway.ask(with(cookie)));
        for (int i = 0; i < 4; i++) {
          String again = gateway.ask(with(cookie).replace("GET /", "GET /left"));
          String other = gateway.ask(with(cookie));
          assertThat(seat(again)).isEqualTo(atLeft);
          assertThat(seat(other)).isEqualTo(atRight);
          assertThat(again + other).doesNotContain("Set-Cookie");
        }
        assertThat(gateway.gateway().totals().services())
            .extracting(service -> service.keys().stickyForged())
            .containsOnly(0L);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, X-Forwarded-Proto: https, true",
    "127.0.0.0/8, X-Forwarded-Proto: http, false",
    "127.0.0.0/8, X-Unrelated: https, false",
    "10.0.0.0/8, X-Forwarded-Proto: https, false"
  })
  void secureFollowsWhatATrustedProxySays(String proxies, String line, boolean secure)
      throws Exception {
    TrustSettings trust =
        new TrustSettings(
            TrustedProxies.of(List.of(proxies)), ForwardedHeader.OFF, ProxyProtocol.OFF);
    try (var replicas = new NamedReplicas(SEATS);
        var gateway =
            GatewayUnderTest.over(
                replicas.fleet(), settings -> settings.withTrust(trust), rule("sticky:rm"))) {
      String answer = gateway.ask(get(line));
      assertThat(answer.contains("SameSite=Lax; Secure\r\n")).as(answer).isEqualTo(secure);
      assertThat(answer).contains("Set-Cookie: rm=");
    }
  }

  @Test
  void withoutASecretThereIsNoStickiness() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceSettings.DEFAULT.withKey(KeyRule.parse("sticky:rm")))
        .withMessageContaining("need a secret");
  }
}
