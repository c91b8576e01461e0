package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.NamedReplicas.seat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.heavy.HeavyMode;
import dev.ringmaster.gateway.heavy.HeavySettings;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.NamedReplicas;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.hash.HashFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to keys whose owner has too much to do.
class LoadAndHeatTest {
  private static final int SEATS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final KeyRule BY_PATH = KeyRule.parse("path");

  private static int home(GatewayUnderTest gateway, String key) {
    return gateway.fleet().view().table().owner(HashFunction.xxh3(0).hash(key));
  }

  private static SeatTotals seatTotals(GatewayUnderTest gateway, int seat) {
    return gateway.gateway().totals().services().getFirst().seats().stream()
        .filter(totals -> totals.seat() == seat)
        .findFirst()
        .orElseThrow();
  }

  /// A replica that answers nobody before the latch opens.
  private static ScriptedReplica holding(int seat, CountDownLatch latch) throws IOException {
    return ScriptedReplica.that(wire -> {
      while (true) {
        wire.message();
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        wire.send(ScriptedReplica.ok(Integer.toString(seat)));
      }
    });
  }

  @Test
  void whatAFullSeatCannotTakeGoesToTheNextCandidateAndIsSeen(@TempDir Path directory)
      throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Path log = directory.resolve("access.log");
    BoundedLoad bound = BoundedLoad.of("1.25", 2);
    List<Wire> clients = new ArrayList<>();
    try (var one = holding(0, latch);
        var two = holding(1, latch);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(one.port(), two.port()),
                settings -> settings.withAccessLog(AccessLogTarget.parse(log.toString())),
                settings -> settings.withKey(BY_PATH).withBound(bound),
                GatewayUnderTest::echoed)) {
      int home = home(gateway, "/hot");
      for (int sent = 1; sent <= 12; sent++) {
        clients.add(gateway.client().send("GET /hot HTTP/1.1\r\nHost: t\r\n\r\n"));
        int inFlight = sent;
        await().atMost(PATIENCE).until(() -> loadOf(gateway, 0) + loadOf(gateway, 1) == inFlight);
        assertThat(loadOf(gateway, home)).isLessThanOrEqualTo(bound.cap(sent - 1, 1, 2));
      }
      int spilled = loadOf(gateway, 1 - home);
      assertThat(spilled).isGreaterThanOrEqualTo(4);
      latch.countDown();
      int away = 0;
      for (Wire client : clients) {
        away += seat(client.message()) == home ? 0 : 1;
        client.close();
      }
      assertThat(away).isEqualTo(spilled);
      assertThat(seatTotals(gateway, 1 - home).spills()).isEqualTo(spilled);
      assertThat(seatTotals(gateway, home).spills()).isZero();
      assertThat(seat(gateway.get("/hot"))).isEqualTo(home);
      String note = "\"note\":\"spilled from seat " + home + ", which was full\"";
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Files.readAllLines(log).stream().filter(line -> line.contains(note)))
                  .hasSize(spilled));
    }
  }

  private static int loadOf(GatewayUnderTest gateway, int seat) {
    return gateway.fleet().onSeat(seat).load().inFlight();
  }

  private static UnaryOperator<ServiceSettings> heavy(HeavyMode mode, boolean shown) {
    return settings -> settings.withKey(BY_PATH).withHeavy(new HeavySettings(mode, shown));
  }

  private static List<HeavyKey> heavyKeys(GatewayUnderTest gateway) {
    return gateway.gateway().totals().services().getFirst().keys().heavy();
  }

  /// Where the requests of one round went: so many of ten for the hot key, each other one for a
  /// cool key of its own, which must be at home.
  private static Set<Integer> round(GatewayUnderTest gateway, Wire client, int hotOfTen)
      throws IOException {
    Set<Integer> seats = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      boolean hot = i % 10 < hotOfTen;
      String path = hot ? "/hot" : "/cool" + i;
      int seat = seat(client.send("GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n").message());
      if (hot) {
        seats.add(seat);
      } else {
        assertThat(seat).as(path).isEqualTo(home(gateway, path));
      }
    }
    return seats;
  }

  @Test
  void aHeavyKeyIsSpreadOverItsCandidatesAndComesHome() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), heavy(HeavyMode.SPREAD, true));
        Wire client = gateway.client()) {
      int home = home(gateway, "/hot");
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> round(gateway, client, 6).size() == SEATS);
      HeavyKey key = heavyKeys(gateway).getFirst();
      assertThat(key.hash()).isEqualTo(HashFunction.xxh3(0).hash("/hot"));
      assertThat(key.spread()).isEqualTo(4);
      assertThat(key.share()).isBetween(0.5, 0.7);
      assertThat(seatTotals(gateway, home).spreads()).isPositive();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> {
            round(gateway, client, 6);
            return "/hot".equals(heavyKeys(gateway).getFirst().text());
          });
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> round(gateway, client, 0).isEmpty() && heavyKeys(gateway).isEmpty());
      for (int i = 0; i < 20; i++) {
        assertThat(seat(gateway.get("/hot"))).isEqualTo(home);
      }
    }
  }

  @Test
  void aHeavyKeyThatIsOnlyWatchedStaysAtHomeAndUnnamed() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), heavy(HeavyMode.WATCH, false));
        Wire client = gateway.client()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> {
            assertThat(round(gateway, client, 9)).containsExactly(home(gateway, "/hot"));
            return !heavyKeys(gateway).isEmpty() && heavyKeys(gateway).getFirst().spread() == 4;
          });
      round(gateway, client, 9);
      assertThat(heavyKeys(gateway).getFirst().text()).isNull();
    }
  }
}
