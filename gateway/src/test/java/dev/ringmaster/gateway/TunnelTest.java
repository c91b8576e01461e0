package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.settings.ServiceTimeouts;
import dev.ringmaster.gateway.settings.Transport;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that leave HTTP by a 101.
class TunnelTest {
  private static final String OFFER =
      "GET /chat HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n";
  private static final Duration SHORT = Duration.ofMillis(300);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private static UnaryOperator<ServiceSettings> with(UnaryOperator<ServiceTimeouts> change) {
    return settings -> settings.withTimeouts(change.apply(settings.timeouts()));
  }

  /// A replica that switches and sends back what it gets, until the client is done.
  private ScriptedReplica echo() throws Exception {
    return ScriptedReplica.that(wire -> {
      seen.add(wire.head());
      wire.send(SWITCH);
      wire.echo();
    });
  }

  private String request() throws InterruptedException {
    String head = seen.poll(20, TimeUnit.SECONDS);
    assertThat(head).as("a request at the replica").isNotNull();
    return head;
  }

  private static ServiceTotals totals(GatewayUnderTest gateway) {
    return gateway.gateway().totals().services().getFirst();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void bytesPassBothWaysAndSoDoesTheEndOfEither(Transport transport) throws Exception {
    try (var replica = echo();
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()), settings -> settings.withTransport(transport));
        Wire client = gateway.client()) {
      assertThat(client.send(OFFER).head())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("\r\nUpgrade: WebSocket\r\n", "\r\nConnection: upgrade\r\n");
      assertThat(request()).contains("\r\nUpgrade: websocket\r\n", "\r\nConnection: upgrade\r\n");
      assertThat(client.send("\0\u00FFping").bytes(6)).isEqualTo("\0\u00FFping");
      assertThat(client.send("last words").endOutput().rest()).isEqualTo("last words");
    }
  }

  @Test
  void theReplicaMayBeDoneFirst() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(SWITCH + "bye").endOutput();
              seen.add(wire.rest());
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      assertThat(client.rest()).isEqualTo("bye");
      client.send("I was not done").endOutput();
      assertThat(request()).isEqualTo("I was not done");
    }
  }

  @Test
  void bytesRightBehindTheHeadsAreNotLost() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(SWITCH + "hello");
              wire.echo();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(OFFER + "early").head();
      assertThat(client.bytes(10)).isEqualTo("helloearly");
    }
  }

  @Test
  void anotherAnswerIsANormalOneAndTheConnectionGoesOn() throws Exception {
    try (var replica = ScriptedReplica.answering("no");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      assertThat(client.send(OFFER).message()).startsWith("HTTP/1.1 200 ").endsWith("no");
      assertThat(client.send(OFFER).message()).endsWith("no");
      assertThat(replica.connections()).isEqualTo(1);
      assertThat(totals(gateway).tunnels().opened()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET / HTTP/1.1                                          | Upgrade: websocket~Connection: upgrade
          GET / HTTP/1.1~Upgrade: websocket                       | Upgrade: websocket~Connection: upgrade
          GET / HTTP/1.1~Connection: upgrade~Upgrade: websocket   | Upgrade: chess~Connection: upgrade
          GET / HTTP/1.1~Connection: upgrade~Upgrade: websocket   | Upgrade: websocket
          GET / HTTP/1.1~Connection: upgrade~Upgrade: websocket   | Connection: upgrade
          GET / HTTP/1.1~Connection: upgrade~Upgrade: websocket   | Upgrade: websocket, a~Connection: upgrade
          GET / HTTP/1.1~Connection: upgrade~Upgrade: h2c         | Upgrade: h2c~Connection: upgrade
          GET / HTTP/1.0~Connection: upgrade~Upgrade: websocket   | Upgrade: websocket~Connection: upgrade
          """)
  void aSwitchThatWasNotOfferedIsGarbage(String request, String answer) throws Exception {
    String switching =
        "HTTP/1.1 101 Switching Protocols\r\n" + answer.replace("~", "\r\n") + "\r\n\r\n";
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(switching);
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      String sent = request.replace("HTTP/1.1", "HTTP/1.1~Host: t").replace("~", "\r\n");
      assertThat(gateway.ask(sent + "\r\n\r\n")).startsWith("HTTP/1.1 502 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: h2c",
        "Upgrade: websocket, H2C",
        "Upgrade: HTTP/2.0",
        "Upgrade: web socket",
        "Upgrade: /",
        "Upgrade: ,",
        "Upgrade: websocket\r\nExpect: 100-continue"
      })
  void someOffersAreNotPassedOn(String lines) throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              seen.add(wire.head());
              wire.send(ok("plain"));
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      String request = "GET / HTTP/1.1\r\nHost: t\r\nConnection: upgrade\r\n" + lines + "\r\n\r\n";
      assertThat(gateway.ask(request)).endsWith("plain");
      assertThat(request().toLowerCase(Locale.ROOT)).doesNotContain("upgrade");
    }
  }

  @Test
  void aBodyMayComeBeforeTheSwitchButTheSwitchMustNotOvertakeIt() throws Exception {
    String post =
        "POST /exec HTTP/1.1\r\nHost: t\r\nConnection: upgrade\r\nUpgrade: tcp\r\n"
            + "Content-Length: 4\r\n\r\n";
    String tcp = SWITCH.replace("WebSocket", "tcp");
    try (var patient =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(tcp);
              wire.echo();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(patient.port()));
        Wire client = gateway.client()) {
      client.send(post + "bodymore").head();
      assertThat(client.bytes(4)).isEqualTo("more");
    }
    try (var hasty =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(tcp);
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(hasty.port()));
        Wire client = gateway.client()) {
      assertThat(client.send(post + "bo").message()).startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void anOfferIsTriedAtTheNextCandidateAsAnyRequestIs() throws Exception {
    try (var replica = echo();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(
                    ScriptedReplica.deadPort(), replica.port(), ScriptedReplica.deadPort()))) {
      for (int i = 0; i < 8; i++) {
        try (Wire client = gateway.client()) {
          assertThat(client.send(OFFER).head()).startsWith("HTTP/1.1 101 ");
        }
      }
    }
  }

  @Test
  void aTunnelIsInFlightAtItsReplicaForItsWholeLifeAndCounted() throws Exception {
    try (var replica = echo();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      client.send("abc").bytes(3);
      ServiceTotals totals = totals(gateway);
      assertThat(gateway.fleet().onSeat(0).load().inFlight()).isEqualTo(1);
      assertThat(totals.inFlight()).isEqualTo(1);
      assertThat(totals.tunnels().open()).isEqualTo(1);

      client.hangUp();
      await().until(() -> gateway.fleet().onSeat(0).load().inFlight() == 0);
      await().until(() -> totals(gateway).tunnels().open() == 0);
      totals = totals(gateway);
      assertThat(totals.tunnels().opened()).isEqualTo(1);
      assertThat(totals.seats().getFirst().byStatusClass()).containsExactly(1L, 0L, 0L, 0L, 0L);
      assertThat(totals.seats().getFirst().bytesIn()).isEqualTo(3);
      assertThat(totals.seats().getFirst().bytesOut()).isEqualTo(3);
      assertThat(totals.seats().getFirst().durationSumNs()).isZero();
    }
  }

  @Test
  void oneLineInTheAccessLogTellsOfAWholeTunnel(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("access.log");
    try (var replica = echo();
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings -> settings.withAccessLog(AccessLogTarget.File.of(log)))) {
      try (Wire client = gateway.client()) {
        client.send(OFFER).head();
        client.send("abcd").bytes(4);
        client.endOutput().rest();
      }
      await().until(() -> !Files.readString(log).isEmpty());
    }
    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .contains("\"status\":101", "/chat", "\"bytes_in\":4", "\"bytes_out\":4");
  }

  @Test
  void aTunnelInWhichNothingMovesIsClosed() throws Exception {
    try (var replica = echo();
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(replica.port()), with(t -> t.withTunnel(SHORT)));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      assertThat(client.rest()).isEmpty();
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
    }
  }

  @Test
  void theTimeOutOfATunnelIsNotThatOfARequest() throws Exception {
    try (var replica = echo();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()), with(t -> t.withIdle(SHORT).withFirstByte(SHORT)));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      CountDownLatch later = new CountDownLatch(1);
      assertThat(later.await(3 * SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
      assertThat(client.send("still here").bytes(10)).isEqualTo("still here");
    }
  }

  @Test
  void aHalfOpenTunnelWaitsOnlyAsLongAsARequest() throws Exception {
    try (var deaf =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(SWITCH);
              wire.drain();
              new CountDownLatch(1).await();
            });
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(deaf.port()), with(t -> t.withIdle(SHORT)));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      assertThat(client.endOutput().rest()).isEmpty();
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
    }
  }

  @Test
  void aReplicaThatBreaksEndsTheTunnel() throws Exception {
    try (var replica = echo();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      replica.kill();
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aDrainedReplicaKeepsItsTunnelUntilItHasLeft() throws Exception {
    try (var replica = echo();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      FleetView now = gateway.fleet().view();
      List<Replica> draining = now.replicas();
      gateway
          .fleet()
          .show(
              new FleetView("web", 0, FakeFleet.viewOf(0, noSeats()).table(), noSeats(), draining));
      assertThat(client.send("still").bytes(5)).isEqualTo("still");
      gateway.fleet().show(FakeFleet.viewOf(0, noSeats()));
      assertThat(client.rest()).isEmpty();
      await().until(() -> totals(gateway).tunnels().open() == 0);
    }
  }

  private static List<@Nullable Replica> noSeats() {
    List<@Nullable Replica> seats = new ArrayList<>();
    seats.add(null);
    return seats;
  }

  @Test
  void aClosingGatewayGivesTunnelsItsDrainTime() throws Exception {
    try (var replica = echo();
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings ->
                    settings.withTimeouts(settings.timeouts().withDrain(Duration.ofSeconds(2))));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      Thread closing = Thread.ofVirtual().start(gateway.gateway()::close);
      assertThat(client.send("still").bytes(5)).isEqualTo("still");
      assertThat(client.rest()).isEmpty();
      closing.join();
    }
  }

  @Test
  void anEndThatTakesNothingHoldsTheOtherBack() throws Exception {
    long size = 64L << 20;
    AtomicLong sent = new AtomicLong();
    CountDownLatch goOn = new CountDownLatch(1);
    try (var slow =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(SWITCH);
              goOn.await();
              seen.add(Long.toString(wire.skip(size)));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(slow.port()));
        Wire client = gateway.client()) {
      client.send(OFFER).head();
      Thread.ofVirtual().start(() -> client.sendMuch(size, sent));
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).as("bytes under way").isLessThan(32L << 20);
      goOn.countDown();
      assertThat(request()).isEqualTo(Long.toString(size));
    }
  }

  @Test
  void aClientThatTakesNothingHoldsTheReplicaBack() throws Exception {
    long size = 64L << 20;
    AtomicLong sent = new AtomicLong();
    try (var talkative =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(SWITCH);
              wire.sendMuch(size, sent);
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(talkative.port()));
        Wire client = Wire.to(gateway.port(), 16 * 1024)) {
      client.send(OFFER).head();
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).as("bytes under way").isLessThan(32L << 20);
      assertThat(client.skip(size)).isEqualTo(size);
    }
  }
}
