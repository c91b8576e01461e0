package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.exchange.Lane;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Client.Stream;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What requests and answers hold that stand still.
class HeldBodiesTest {
  private static final int MANY = 100;

  /// The smallest read buffer, the first part of a body, a head that waits, each rounded up.
  private static final long SMALL_EACH_BYTES = 8 << 10;

  /// What a stream may have at most beside its share: reads that were under way, of 2, 16 and 128
  /// KiB. Without shares it is twice as much.
  private static final long STUCK_EACH_BYTES = 160 << 10;

  private final AtomicInteger arrived = new AtomicInteger();

  /// A replica that counts the requests whose first byte of a body came.
  private ScriptedReplica counting() throws Exception {
    return ScriptedReplica.that(wire -> {
      wire.head();
      wire.upTo("a");
      arrived.incrementAndGet();
      wire.drain();
    });
  }

  private void awaitArrived(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> arrived.get() == count);
  }

  @Test
  void aBodyOfWhichOneByteCameHoldsLittle() throws Exception {
    try (var replica = counting();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      long before = Lane.ALLOCATOR.pinnedDirectMemory();
      List<Wire> clients = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String length = i % 2 == 0 ? "Content-Length: 100000" : "Transfer-Encoding: chunked";
        String first = i % 2 == 0 ? "a" : "1\r\na\r\n";
        clients.add(
            gateway.client().send("POST / HTTP/1.1\r\nHost: t\r\n" + length + "\r\n\r\n" + first));
      }
      awaitArrived(MANY);
      assertThat(Lane.ALLOCATOR.pinnedDirectMemory() - before).isLessThan(MANY * SMALL_EACH_BYTES);
      for (Wire client : clients) {
        client.hangUp();
      }
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
    }
  }

  @Test
  void soItDoesOnTheStreamsOfOneConnection() throws Exception {
    try (var replica = counting();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      long before = Lane.ALLOCATOR.pinnedDirectMemory();
      for (int i = 0; i < MANY; i++) {
        var head = Stream.head("POST", "/", "content-type", "application/grpc");
        client.open().send(head, false).data("a", false);
      }
      awaitArrived(MANY);
      assertThat(Lane.ALLOCATOR.pinnedDirectMemory() - before).isLessThan(MANY * SMALL_EACH_BYTES);
    }
  }

  /// One connection, 100 streams, no window on any of them.
  @Test
  void aClientThatGivesNoWindowHoldsWhatOneConnectionMay() throws Exception {
    AtomicLong sent = new AtomicLong();
    AtomicInteger asked = new AtomicInteger();
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              asked.incrementAndGet();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
              wire.sendMuch(100_000_000, sent);
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client =
            Http2Client.to(gateway.port(), Http2Settings.defaultSettings().initialWindowSize(0))) {
      long before = Lane.ALLOCATOR.pinnedDirectMemory();
      for (int i = 0; i < MANY; i++) {
        client.open().get("/large");
      }
      AtomicLong last = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> asked.get() == MANY && last.getAndSet(sent.get()) == sent.get());
      assertThat(Lane.ALLOCATOR.pinnedDirectMemory() - before).isLessThan(MANY * STUCK_EACH_BYTES);
    }
  }
}
