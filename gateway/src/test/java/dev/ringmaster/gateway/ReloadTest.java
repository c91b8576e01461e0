package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.gateway.route.Match;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.settings.ReplicaLink;
import dev.ringmaster.gateway.settings.RetryLimits;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Another plane takes the place of the one that is served.
class ReloadTest {
  private static final ServiceSettings BY_USER =
      ServiceSettings.DEFAULT.withKey(KeyRule.parse("header:X-User"));

  private static Plane plane(ServedService... services) {
    List<Route> routes = new ArrayList<>();
    for (ServedService service : services) {
      routes.add(Route.to(service.name(), Match.ANY.withPath("/" + service.name())));
    }
    return new Plane(List.of(services), new Routes(routes));
  }

  private static String of(String user, String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: t\r\nX-User: " + user + "\r\n\r\n";
  }

  private static ScriptedReplica waiting(CountDownLatch goOn, String body) throws Exception {
    return ScriptedReplica.that(wire -> {
      wire.message();
      goOn.await();
      wire.send(ScriptedReplica.ok(body));
      wire.drain();
    });
  }

  @Test
  void aNewServiceIsServedAndARemovedOneIsNot() throws Exception {
    try (var one = ScriptedReplica.answering("one");
        var two = ScriptedReplica.answering("two")) {
      FakeFleet fleet = FakeFleet.at(one.port());
      ServedService first = new ServedService("a", BY_USER, fleet);
      ServedService second = new ServedService("b", BY_USER, FakeFleet.at(two.port()));
      try (var gateway = GatewayUnderTest.serving(fleet, plane(first));
          Wire client = gateway.client()) {
        assertThat(client.send(of("u", "/a")).message()).endsWith("one");
        assertThat(client.send(of("u", "/b")).message()).startsWith("HTTP/1.1 404 ");
        gateway.gateway().reload(plane(second));
        assertThat(client.send(of("u", "/b")).message()).endsWith("two");
        assertThat(client.send(of("u", "/a")).message()).startsWith("HTTP/1.1 404 ");
        assertThat(gateway.gateway().totals().services())
            .extracting(ServiceTotals::service)
            .containsExactly("b");
      }
    }
  }

  @Test
  void anExchangeUnderWayEndsWithTheServiceThatItBeganWith() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (var slow = waiting(goOn, "from the old one");
        var other = ScriptedReplica.answering("other")) {
      FakeFleet fleet = FakeFleet.at(slow.port());
      ServedService removed = new ServedService("a", BY_USER, fleet);
      ServedService next = new ServedService("b", BY_USER, FakeFleet.at(other.port()));
      try (var gateway = GatewayUnderTest.serving(fleet, plane(removed));
          Wire client = gateway.client()) {
        client.send(of("u", "/a"));
        await().until(() -> fleet.onSeat(0).load().inFlight() == 1);
        gateway.gateway().reload(plane(next));
        assertThat(gateway.gateway().totals().services())
            .extracting(ServiceTotals::service)
            .containsExactlyInAnyOrder("a", "b");
        goOn.countDown();
        assertThat(client.message()).endsWith("from the old one");
        await()
            .until(() ->
                gateway.gateway().totals().services().stream()
                    .noneMatch(service -> service.service().equals("a")));
        assertThat(client.send(of("u", "/b")).message()).endsWith("other");
        await().until(() -> slow.ended().isEmpty() && slow.closed() == 1);
      }
    }
  }

  @Test
  void aRemovedServicesIdleConnectionsAreClosed() throws Exception {
    try (var one = ScriptedReplica.answering("one");
        var two = ScriptedReplica.answering("two")) {
      FakeFleet fleet = FakeFleet.at(one.port());
      ServedService first = new ServedService("a", BY_USER, fleet);
      ServedService second = new ServedService("b", BY_USER, FakeFleet.at(two.port()));
      try (var gateway = GatewayUnderTest.serving(fleet, plane(first, second))) {
        assertThat(gateway.ask(of("u", "/a"))).endsWith("one");
        assertThat(one.closed()).isZero();
        gateway.gateway().reload(plane(second));
        await().until(() -> one.closed() == 1);
      }
    }
  }

  @Test
  void aKeptServiceKeepsItsConnectionsAndCountersUnderOtherSettings() throws Exception {
    try (var one = ScriptedReplica.answering("one")) {
      FakeFleet fleet = FakeFleet.at(one.port());
      ServedService before = new ServedService("a", BY_USER, fleet);
      ServedService after =
          new ServedService("a", BY_USER.withRetry(new RetryLimits(0.5, 1, 2)), fleet);
      try (var gateway = GatewayUnderTest.serving(fleet, plane(before));
          Wire client = gateway.client()) {
        assertThat(client.send(of("u", "/a")).message()).endsWith("one");
        gateway.gateway().reload(plane(after));
        assertThat(client.send(of("u", "/a")).message()).endsWith("one");
        assertThat(one.connections()).isEqualTo(1);
        await()
            .until(() ->
                gateway
                        .gateway()
                        .totals()
                        .services()
                        .getFirst()
                        .seats()
                        .getFirst()
                        .byStatusClass()
                        .get(1)
                    == 2);
      }
    }
  }

  @Test
  void noConnectionOutlastsAChangeOfHowReplicasAreReached() throws Exception {
    try (var one = ScriptedReplica.answering("one")) {
      FakeFleet fleet = FakeFleet.at(one.port());
      ReplicaLink named = ReplicaLink.PLAIN.withTrust(ReplicaLink.Trust.NO_TLS, null, "other");
      ServedService before = new ServedService("a", BY_USER, fleet);
      ServedService after = new ServedService("a", BY_USER.withLink(named), fleet);
      try (var gateway = GatewayUnderTest.serving(fleet, plane(before));
          Wire client = gateway.client()) {
        assertThat(client.send(of("u", "/a")).message()).endsWith("one");
        gateway.gateway().reload(plane(after));
        await().until(() -> one.closed() == 1);
        assertThat(client.send(of("u", "/a")).message()).endsWith("one");
        assertThat(one.connections()).isEqualTo(2);
        await()
            .untilAsserted(() ->
                assertThat(gateway.gateway().totals().services())
                    .singleElement()
                    .satisfies(service ->
                        assertThat(service.seats().getFirst().byStatusClass().get(1))
                            .isEqualTo(2)));
      }
    }
  }

  @Test
  void reloadsUnderLoadCostNoRequestAndMoveNoKey() throws Exception {
    try (var one = ScriptedReplica.answering("0");
        var two = ScriptedReplica.answering("1");
        var three = ScriptedReplica.answering("2")) {
      FakeFleet fleet = FakeFleet.at(one.port(), two.port(), three.port());
      List<Plane> planes = new ArrayList<>();
      for (int tries = 1; tries <= 3; tries++) {
        ServiceSettings settings =
            BY_USER.withBound(null).withRetry(new RetryLimits(0.2, 10, tries));
        ServedService kept = new ServedService("a", settings, fleet);
        ServedService fleeting = new ServedService("b" + tries, BY_USER, FakeFleet.at());
        planes.add(plane(kept, fleeting));
      }
      try (var gateway = GatewayUnderTest.serving(fleet, planes.getFirst());
          var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          String user = "user-" + i;
          running.add(clients.submit(() -> askUntil(over, gateway, user)));
        }
        AtomicInteger reloads = new AtomicInteger();
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
          var reloading =
              clock.scheduleAtFixedRate(
                  () -> reload(gateway, planes, reloads), 0, 50, TimeUnit.MILLISECONDS);
          await().atMost(Duration.ofSeconds(60)).until(() -> reloads.get() >= 40);
          reloading.cancel(false);
        }
        over.set(true);
        for (Future<Integer> client : running) {
          assertThat(client.get()).isPositive();
        }
        long answered =
            gateway.gateway().totals().services().stream()
                .filter(service -> service.service().equals("a"))
                .flatMap(service -> service.seats().stream())
                .mapToLong(seat -> seat.byStatusClass().get(1))
                .sum();
        long asked = 0;
        for (Future<Integer> client : running) {
          asked += client.get();
        }
        assertThat(answered).as("counters go on over reloads").isEqualTo(asked);
      }
    }
  }

  private static void reload(GatewayUnderTest gateway, List<Plane> planes, AtomicInteger reloads) {
    gateway.gateway().reload(planes.get(reloads.get() % planes.size()));
    reloads.incrementAndGet();
  }

  /// Asks for one user until told to stop; each answer must be from the same replica as the first.
  private static int askUntil(AtomicBoolean over, GatewayUnderTest gateway, String user)
      throws Exception {
    int asked = 0;
    String first = null;
    try (Wire client = gateway.client()) {
      while (!over.get()) {
        String answer = client.send(of(user, "/a")).message();
        first = first == null ? answer : first;
        assertThat(answer).startsWith("HTTP/1.1 200 ").isEqualTo(first);
        asked++;
      }
    }
    return asked;
  }

  /// An endpoint that keeps its event loop busy until it is told to go on.
  private static OwnEndpoints busy(CountDownLatch began, CountDownLatch goOn) {
    return new OwnEndpoints() {
      @Override
      public Set<String> paths() {
        return Set.of("/busy");
      }

      @Override
      public CompletionStage<Answer> answer(Question question) {
        began.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return GatewayUnderTest.echoed(question);
      }
    };
  }

  @Test
  void aBusyLoopAndAnInterruptDoNotLeaveHalfAPlane() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var old = ScriptedReplica.answering("old");
        var fresh = ScriptedReplica.answering("new")) {
      FakeFleet fleet = FakeFleet.at(old.port());
      try (var gateway = GatewayUnderTest.answering(fleet, busy(began, goOn));
          Wire client = gateway.client()) {
        client.send("GET /busy HTTP/1.1\r\nHost: t\r\n\r\n");
        began.await();
        Plane next = Plane.of(new ServedService("b", BY_USER, FakeFleet.at(fresh.port())));
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread reloading =
            Thread.ofVirtual()
                .start(() -> {
                  Thread.currentThread().interrupt();
                  gateway.gateway().reload(next);
                  interrupted.set(Thread.currentThread().isInterrupted());
                });
        assertThat(reloading.join(Duration.ofMillis(200))).isFalse();
        goOn.countDown();
        reloading.join();
        assertThat(interrupted).isTrue();
        for (int i = 0; i < 8; i++) {
          assertThat(gateway.ask(of("u", "/"))).endsWith("new");
        }
      }
    }
  }
}
