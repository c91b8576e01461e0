package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RouteTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.route.Match;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.route.Share;
import dev.ringmaster.gateway.settings.RouteSettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Several services behind one address.
class RoutingTest {
  private static final ServiceSettings BY_USER =
      ServiceSettings.DEFAULT.withKey(KeyRule.parse("header:X-User"));

  private static ServedService service(String name, FakeFleet fleet) {
    return new ServedService(name, BY_USER, fleet);
  }

  private static String of(String user, String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: t\r\nX-User: " + user + "\r\n\r\n";
  }

  @Test
  void eachRequestReachesTheServiceOfItsRoute() throws Exception {
    try (var users = ScriptedReplica.answering("users");
        var rest = ScriptedReplica.answering("rest")) {
      FakeFleet fleet = FakeFleet.at(users.port());
      Plane plane =
          new Plane(
              List.of(service("users", fleet), service("rest", FakeFleet.at(rest.port()))),
              new Routes(
                  List.of(
                      Route.to("users", Match.ANY.withPath("/users")),
                      Route.to("rest", Match.ANY.withMethods("GET")))));
      try (var gateway = GatewayUnderTest.serving(fleet, plane);
          Wire client = gateway.client()) {
        assertThat(client.send(of("a", "/users/1")).message()).endsWith("users");
        assertThat(client.send(of("a", "/other")).message()).endsWith("rest");
        assertThat(client.send(of("a", "/users2")).message()).endsWith("rest");
        await()
            .untilAsserted(() -> {
              LedgerTotals totals = gateway.gateway().totals();
              assertThat(totals.services())
                  .extracting(ServiceTotals::service)
                  .containsExactly("users", "rest");
              assertThat(totals.routing().routes())
                  .containsExactly(
                      new RouteTotals("path /users", 1), new RouteTotals("method GET", 2));
            });
      }
    }
  }

  @Test
  void aRequestWithoutARouteGets404AndItsConnectionGoesOn() throws Exception {
    try (var users = ScriptedReplica.answering("users")) {
      FakeFleet fleet = FakeFleet.at(users.port());
      Plane plane =
          new Plane(
              List.of(service("users", fleet)),
              new Routes(List.of(Route.to("users", Match.ANY.withPath("/users")))));
      try (var gateway = GatewayUnderTest.serving(fleet, plane);
          Wire client = gateway.client()) {
        assertThat(client.send(of("a", "/other")).message())
            .startsWith("HTTP/1.1 404 ")
            .contains("no route is for this request", "failure");
        assertThat(client.send(of("a", "/users/../other")).message())
            .startsWith("HTTP/1.1 400 ")
            .contains("the path has more than one meaning");
        assertThat(client.send(of("a", "/users")).message()).endsWith("users");
        client.send("POST /other HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\n");
        assertThat(client.rest()).startsWith("HTTP/1.1 404 ").contains("Connection: close");
        LedgerTotals totals = gateway.gateway().totals();
        assertThat(totals.routing().noRoute()).isEqualTo(2);
        assertThat(totals.routing().unclearPath()).isEqualTo(1);
        assertThat(totals.unrouted()).containsExactly(0L, 0L, 0L, 3L, 0L);
        assertThat(users.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void aSplitKeepsEachKeyWithItsServiceAndExplainSaysWhich() throws Exception {
    try (var old = ScriptedReplica.answering("old");
        var canary = ScriptedReplica.answering("canary")) {
      FakeFleet fleet = FakeFleet.at(old.port());
      Plane plane =
          new Plane(
              List.of(service("old", fleet), service("canary", FakeFleet.at(canary.port()))),
              new Routes(
                  List.of(Route.split(Match.ANY, new Share("old", 50), new Share("canary", 50)))));
      try (var gateway = GatewayUnderTest.serving(fleet, plane)) {
        int canaries = 0;
        for (int user = 0; user < 40; user++) {
          String first = bodyOf(gateway.ask(of("u" + user, "/")));
          assertThat(bodyOf(gateway.ask(of("u" + user, "/x")))).isEqualTo(first);
          assertThat(explain(gateway, "u" + user).service()).isEqualTo(first);
          canaries += first.equals("canary") ? 1 : 0;
        }
        assertThat(canaries).isBetween(4, 36);
      }
    }
  }

  private static String bodyOf(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static Explanation explain(GatewayUnderTest gateway, String user) {
    return gateway
        .gateway()
        .explain(
            new RequestFacts("GET", "/", Map.of("X-User", user), InetAddress.getLoopbackAddress()));
  }

  @Test
  void explainNamesTheRouteOrSaysThatThereIsNone() throws Exception {
    FakeFleet fleet = FakeFleet.at(1);
    Route users = Route.to("users", Match.ANY.withPath("/users").withHost("a.example"));
    Plane plane = new Plane(List.of(service("users", fleet)), new Routes(List.of(users)));
    try (var gateway = GatewayUnderTest.serving(fleet, plane)) {
      InetAddress here = InetAddress.getLoopbackAddress();
      Explanation found =
          gateway
              .gateway()
              .explain(new RequestFacts("GET", "/users", Map.of("Host", "a.example"), here));
      assertThat(found.service()).isEqualTo("users");
      assertThat(found.route()).isEqualTo("host a.example, path /users");
      assertThat(found.why()).contains("is the first for host a.example, path /users");
      Explanation none =
          gateway.gateway().explain(new RequestFacts("GET", "/users", Map.of(), here));
      assertThat(none.service()).isNull();
      assertThat(none.why()).contains("404");
    }
  }

  @Test
  void aRouteMayWaitShorterThanItsService() throws Exception {
    try (var silent = ScriptedReplica.that(Wire::drain)) {
      FakeFleet fleet = FakeFleet.at(silent.port());
      RouteSettings hasty =
          new RouteSettings(null, Duration.ofMillis(200), null, null, null, null, null);
      Plane plane =
          new Plane(
              List.of(service("web", fleet)),
              new Routes(List.of(Route.to("web", Match.ANY).withSettings(hasty))));
      try (var gateway = GatewayUnderTest.serving(fleet, plane)) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ");
      }
    }
  }

  @Test
  void aRouteMayLimitTheTimeOfAllOfARequest() throws Exception {
    try (var silent = ScriptedReplica.that(Wire::drain)) {
      FakeFleet fleet = FakeFleet.at(silent.port());
      RouteSettings hasty =
          new RouteSettings(null, null, null, Duration.ofMillis(200), null, null, null);
      Plane plane =
          new Plane(
              List.of(service("web", fleet)),
              new Routes(List.of(Route.to("web", Match.ANY).withSettings(hasty))));
      try (var gateway = GatewayUnderTest.serving(fleet, plane)) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ");
      }
    }
  }

  @Test
  void aBodyLargerThanItsRouteAllowsIsRefused() throws Exception {
    try (var replica = ScriptedReplica.answering("taken")) {
      FakeFleet fleet = FakeFleet.at(replica.port());
      RouteSettings small = new RouteSettings(null, null, null, null, null, 5L, null);
      Plane plane =
          new Plane(
              List.of(service("web", fleet)),
              new Routes(
                  List.of(
                      Route.to("web", Match.ANY.withPath("/small")).withSettings(small),
                      Route.to("web", Match.ANY))));
      try (var gateway = GatewayUnderTest.serving(fleet, plane)) {
        String six = " HTTP/1.1\r\nHost: t\r\nContent-Length: 6\r\n\r\n123456";
        String five = " HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\n12345";
        assertThat(gateway.ask("POST /small" + six)).startsWith("HTTP/1.1 413 ");
        assertThat(replica.connections()).as("asked for a body that is too large").isZero();
        assertThat(gateway.ask("POST /small" + five)).endsWith("taken");
        assertThat(gateway.ask("POST /large" + six)).endsWith("taken");
      }
    }
  }

  @Test
  void aFullSeatsRequestsSpillToTheNextCandidateAndAreCounted() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ScriptedReplica.Script held =
        wire -> {
          while (true) {
            wire.message();
            goOn.await();
            wire.send(ScriptedReplica.ok("done"));
          }
        };
    int requests = 40;
    try (var one = ScriptedReplica.that(held);
        var two = ScriptedReplica.that(held)) {
      FakeFleet fleet = FakeFleet.at(one.port(), two.port());
      Plane plane = Plane.of(service("web", fleet));
      try (var gateway = GatewayUnderTest.serving(fleet, plane)) {
        List<Wire> clients = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
          clients.add(gateway.client().send(of("one user", "/")));
        }
        await()
            .until(() ->
                fleet.onSeat(0).load().inFlight() + fleet.onSeat(1).load().inFlight() == requests);
        int owner = explain(gateway, "one user").candidates().getFirst().seat();
        int other = fleet.onSeat(1 - owner).load().inFlight();
        // The bound is 1.25 times the mean, so the owner has 25 of 40 at most.
        assertThat(other).isBetween(requests - 26, requests / 2);
        goOn.countDown();
        for (Wire client : clients) {
          assertThat(client.message()).endsWith("done");
          client.close();
        }
        await()
            .untilAsserted(() -> {
              ServiceTotals totals = gateway.gateway().totals().services().getFirst();
              assertThat(totals.seats())
                  .filteredOn(seat -> seat.seat() == 1 - owner)
                  .singleElement()
                  .satisfies(seat -> assertThat(seat.spills()).isEqualTo(other));
            });
      }
    }
  }

  @Test
  void aChunkedBodyIsRefusedWhenItGrowsTooLarge() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain)) {
      FakeFleet fleet = FakeFleet.at(replica.port());
      ServiceSettings settings = BY_USER.withLimits(BY_USER.limits().withMaxBodyBytes(5));
      Plane plane = Plane.of(new ServedService("web", settings, fleet));
      try (var gateway = GatewayUnderTest.serving(fleet, plane);
          Wire client = gateway.client()) {
        client.send(
            "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n");
        await().until(() -> fleet.onSeat(0).load().inFlight() == 1);
        client.send("1\r\n6\r\n0\r\n\r\n");
        assertThat(client.rest()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
      }
    }
  }
}
