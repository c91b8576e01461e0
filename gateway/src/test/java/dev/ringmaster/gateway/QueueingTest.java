package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replicas that may have so many requests at once, and requests that wait.
class QueueingTest {
  private static final ConcurrencyLimit ONE =
      ConcurrencyLimit.NONE.withInFlight(1).withPatience(Duration.ofMinutes(1));

  private static UnaryOperator<ServiceSettings> with(ConcurrencyLimit limit) {
    return settings -> settings.withConcurrency(limit);
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n";
  }

  /// Answers each request when it is allowed to, and notes in which order they came.
  private static final class Gate {
    final Semaphore open = new Semaphore(0);
    final Queue<String> came = new ConcurrentLinkedQueue<>();

    ScriptedReplica replica() throws IOException {
      return ScriptedReplica.that(wire -> {
        while (true) {
          String head = wire.message();
          came.add(head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP")));
          open.acquire();
          wire.send(ok("done"));
        }
      });
    }
  }

  private static void awaitWaiting(GatewayUnderTest gateway, int count) {
    await().until(() -> gateway.waits().waiting() == count);
  }

  @Test
  void whoWaitsIsServedInTheOrderOfArrival() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()), s -> s.withEventLoops(3), with(ONE))) {
      List<Wire> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(gateway.client().send(get("/" + i)));
        awaitWaiting(gateway, i);
        await().until(() -> gate.came.size() == 1);
      }
      gate.open.release(10);
      for (Wire client : clients) {
        assertThat(client.message()).endsWith("done");
        client.close();
      }
      assertThat(gate.came)
          .containsExactly("/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9");
      assertThat(gateway.waits().durationCounts().stream().mapToLong(i -> i).sum()).isEqualTo(9);
    }
  }

  @Test
  void theLimitIsNeverExceededHoweverManyLoopsAndClients() throws Exception {
    int limit = 2;
    AtomicInteger exceeded = new AtomicInteger();
    AtomicInteger full = new AtomicInteger();
    try (var first = counting(limit, exceeded, full);
        var second = counting(limit, exceeded, full);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(first.port(), second.port()),
                s -> s.withEventLoops(3),
                with(ONE.withInFlight(limit)))) {
      Queue<String> wrong = new ConcurrentLinkedQueue<>();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        clients.add(Thread.ofVirtual().start(() -> askOften(gateway, 100, wrong)));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(wrong).isEmpty();
      assertThat(exceeded).hasValue(0);
      assertThat(full.get()).as("times that a replica was full").isPositive();
      assertThat(gateway.waits().waiting()).isZero();
    }
  }

  private static ScriptedReplica counting(int limit, AtomicInteger exceeded, AtomicInteger full)
      throws IOException {
    AtomicInteger there = new AtomicInteger();
    CountDownLatch met = new CountDownLatch(limit);
    return ScriptedReplica.that(wire -> {
      while (true) {
        wire.message();
        int now = there.incrementAndGet();
        exceeded.addAndGet(now > limit ? 1 : 0);
        full.addAndGet(now == limit ? 1 : 0);
        met.countDown();
        met.await();
        there.decrementAndGet();
        wire.send(ok("done"));
      }
    });
  }

  private static void askOften(GatewayUnderTest gateway, int times, Queue<String> wrong) {
    try (Wire client = gateway.client()) {
      for (int i = 0; i < times; i++) {
        String answer = client.send(get("/")).message();
        if (!answer.endsWith("done")) {
          wrong.add(answer);
        }
      }
    } catch (IOException e) {
      wrong.add(e.toString());
    }
  }

  @Test
  void aFullOwnerSpillsBeforeAnyoneWaits() throws Exception {
    Gate gate = new Gate();
    try (var first = gate.replica();
        var second = gate.replica();
        var gateway = GatewayUnderTest.over(FakeFleet.at(first.port(), second.port()), with(ONE));
        Wire one = gateway.client().send(get("/1"));
        Wire two = gateway.client().send(get("/2"))) {
      await().until(() -> gate.came.size() == 2);
      assertThat(gateway.waits().waiting()).isZero();
      gate.open.release(2);
      assertThat(one.message() + two.message()).contains("done");
    }
  }

  @Test
  void whoWaitsTooLongIsToldToComeAgain() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()), with(ONE.withPatience(Duration.ofMillis(300))));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      assertThat(gateway.get("/2"))
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 1")
          .contains("all replicas are at their limit");
      assertThat(gateway.waits().turnedAway()).isEqualTo(1);
      gate.open.release(1);
      assertThat(first.message()).endsWith("done");
      assertThat(gate.came).containsExactly("/1");
    }
  }

  @Test
  void whenTooManyWaitTheNextIsTurnedAwayAtOnce() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE.withWaiting(1)));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      Wire second = gateway.client().send(get("/2"));
      awaitWaiting(gateway, 1);
      assertThat(gateway.get("/3")).startsWith("HTTP/1.1 503 ").contains("too many requests wait");
      gate.open.release(2);
      assertThat(first.message() + second.message()).contains("done");
      second.close();
    }
  }

  @Test
  void aClientThatLeavesWaitsNoLonger() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      Wire leaver = gateway.client().send(get("/2"));
      awaitWaiting(gateway, 1);
      Wire third = gateway.client().send(get("/3"));
      awaitWaiting(gateway, 2);
      leaver.close();
      awaitWaiting(gateway, 1);
      gate.open.release(2);
      assertThat(first.message() + third.message()).contains("done");
      assertThat(gate.came).containsExactly("/1", "/3");
      third.close();
    }
  }

  @Test
  void aReplicaThatComesTakesThoseWhoWait() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var fresh = ScriptedReplica.answering("fresh");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      Wire second = gateway.client().send(get("/2"));
      awaitWaiting(gateway, 1);
      var both = List.of(gateway.fleet().onSeat(0), FakeFleet.replica("S2", 1, fresh.port()));
      gateway.fleet().show(FakeFleet.viewOf(2, List.copyOf(both)));
      assertThat(second.message()).endsWith("fresh");
      gate.open.release(1);
      assertThat(first.message()).endsWith("done");
      second.close();
    }
  }

  @Test
  void aReplicaThatBreaksGivesItsPlaceToWhoWaits() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Semaphore goOn = new Semaphore(0);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              if (connections.getAndIncrement() == 0) {
                goOn.acquire();
                return;
              }
              wire.send(ok("done"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE));
        Wire first =
            gateway.client().send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n")) {
      await().until(() -> connections.get() == 1);
      Wire second = gateway.client().send(get("/2"));
      awaitWaiting(gateway, 1);
      goOn.release();
      assertThat(first.message()).startsWith("HTTP/1.1 502 ");
      assertThat(second.message()).endsWith("done");
      second.close();
    }
  }

  /// A replica that holds `/hold`, breaks at `/break` and answers all else with its name.
  private static ScriptedReplica tempered(String name, Gate gate) throws Exception {
    return ScriptedReplica.that(wire -> {
      while (true) {
        String head = wire.message();
        if (head.startsWith("GET /break ")) {
          return;
        }
        if (head.startsWith("GET /hold ")) {
          gate.came.add(name);
          gate.open.acquire();
        }
        wire.send(ok(name));
      }
    });
  }

  private static String keyed(String path, int key) {
    return "GET " + path + " HTTP/1.1\r\nHost: t\r\nX-Key: " + key + "\r\n\r\n";
  }

  private static List<String> served(Wire client, int from, int to) throws Exception {
    List<String> names = new ArrayList<>();
    for (int key = from; key < to; key++) {
      String answer = client.send(keyed("/", key)).message();
      names.add(answer.substring(answer.length() - 1));
    }
    return names;
  }

  /// One that waits for a full replica, because the others have failed him.
  @Test
  void whoCannotHaveAFreePlaceKeepsNobodyFromIt() throws Exception {
    Gate gate = new Gate();
    try (var a = tempered("a", gate);
        var b = tempered("b", gate);
        var c = tempered("c", gate);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(a.port(), b.port(), c.port()),
                service ->
                    with(ONE)
                        .apply(service)
                        .withKey(KeyRule.parse("header:X-Key"))
                        .withBound(null));
        Wire client = gateway.client();
        Wire holding = gateway.client();
        Wire stuck = gateway.client()) {
      List<String> owners = served(client, 0, 60);
      assertThat(owners).contains("a", "b", "c");
      holding.send(keyed("/hold", 0));
      await().until(() -> gate.came.size() == 1);
      String full = gate.came.element();
      stuck.send(keyed("/break", 1));
      awaitWaiting(gateway, 1);
      for (int key = 0; key < owners.size(); key++) {
        if (!owners.get(key).equals(full)) {
          assertThat(served(client, key, key + 1)).containsExactly(owners.get(key));
        }
      }
      assertThat(gateway.waits().waiting()).isEqualTo(1);
      gate.open.release();
      assertThat(holding.message()).endsWith(full);
    }
  }

  @Test
  void aBodyThatComesWhileItsRequestWaitsIsSentWithIt() throws Exception {
    Semaphore goOn = new Semaphore(0);
    AtomicInteger requests = new AtomicInteger();
    try (var replica =
            ScriptedReplica.that(wire -> {
              while (true) {
                String message = wire.message();
                if (requests.getAndIncrement() == 0) {
                  goOn.acquire();
                }
                wire.send(ok(message.substring(message.indexOf("\r\n\r\n") + 4)));
              }
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> requests.get() == 1);
      Wire second = gateway.client();
      second.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 6\r\n\r\n");
      awaitWaiting(gateway, 1);
      second.send("abcdef");
      goOn.release();
      assertThat(first.message()).endsWith("\r\n\r\n");
      assertThat(second.message()).endsWith("abcdef");
      second.close();
    }
  }

  @Test
  void aGatewayThatClosesServesThoseWhoWait() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE));
        Wire idle = gateway.client();
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      Wire second = gateway.client().send(get("/2"));
      awaitWaiting(gateway, 1);
      Thread closing = Thread.ofVirtual().start(gateway::close);
      assertThat(idle.rest()).as("what a closing gateway closes at once").isEmpty();
      gate.open.release(2);
      assertThat(first.rest()).endsWith("done");
      assertThat(second.rest()).contains("Connection: close").endsWith("done");
      closing.join();
      second.close();
    }
  }

  @Test
  void ringmastersOwnAnswersDoNotWait() throws Exception {
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), with(ONE));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      assertThat(gateway.get("/rep")).startsWith("HTTP/1.1 200 ");
      gate.open.release(1);
      assertThat(first.message()).endsWith("done");
    }
  }

  @Test
  void theLogSaysHowLongARequestWaited(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("access.log");
    Gate gate = new Gate();
    try (var replica = gate.replica();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()),
                s -> s.withAccessLog(AccessLogTarget.File.of(log)),
                with(ONE));
        Wire first = gateway.client().send(get("/1"))) {
      await().until(() -> gate.came.size() == 1);
      Wire second = gateway.client().send(get("/2"));
      awaitWaiting(gateway, 1);
      gate.open.release(2);
      assertThat(first.message() + second.message()).contains("done");
      second.close();
    }
    assertThat(Files.readAllLines(log)).anyMatch(line -> line.matches(".*/2.*waited \\d+ ms.*"));
  }
}
