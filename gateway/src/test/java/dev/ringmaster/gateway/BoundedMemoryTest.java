package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.exchange.Lane;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import io.netty.buffer.PoolArenaMetric;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Bodies of 1 GB that nobody takes: what the gateway holds of them is bounded, and other traffic
/// flows through the same loop.
class BoundedMemoryTest {
  private static final long GIGABYTE = 1L << 30;
  private static final int EACH = 6;

  /// What one stuck exchange may hold: the write buffer up to its upper mark with one read beyond
  /// it, input that waits, and the kept part of a body, each twice for the sizes of the pool.
  private static final long MOST_EACH_BYTES = 1 << 20;

  private final AtomicLong moved = new AtomicLong();
  private final Semaphore over = new Semaphore(0);

  private void play(Wire wire) throws Exception {
    while (true) {
      String head = wire.head();
      if (head.startsWith("GET /large ")) {
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
        pour(wire);
      } else if (head.startsWith("PUT ")) {
        over.acquire();
        return;
      } else {
        wire.send(ok("flows"));
      }
    }
  }

  private void pour(Wire wire) throws IOException {
    byte[] piece = new byte[1 << 18];
    for (long left = GIGABYTE; left > 0; left -= piece.length) {
      wire.send(piece);
      moved.addAndGet(piece.length);
    }
  }

  private void upload(Wire client) {
    try {
      client.send("PUT / HTTP/1.1\r\nHost: t\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
      pour(client);
    } catch (IOException e) {
      return;
    }
  }

  private static long activeBytes() {
    long active = 0;
    for (PoolArenaMetric arena : Lane.ALLOCATOR.metric().directArenas()) {
      active += arena.numActiveBytes();
    }
    return active;
  }

  @Test
  void bodiesThatNobodyTakesCostBoundedMemoryAndHoldNobodyUp() throws Exception {
    long before = activeBytes();
    try (var replica = ScriptedReplica.that(this::play);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      List<Wire> stuck = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        stuck.add(gateway.client().send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n"));
        Wire uploading = gateway.client();
        stuck.add(uploading);
        Thread.ofVirtual().start(() -> upload(uploading));
      }
      AtomicLong last = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(90))
          .until(() -> moved.get() > 0 && last.getAndSet(moved.get()) == moved.get());
      assertThat(gateway.gateway().totals().inFlight()).isEqualTo(2 * EACH);
      assertThat(activeBytes() - before).isBetween(1L, 2 * EACH * MOST_EACH_BYTES);
      try (Wire other = gateway.client()) {
        for (int i = 0; i < 100; i++) {
          assertThat(other.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message()).endsWith("flows");
        }
      }
      assertThat(activeBytes() - before).isLessThan(2 * EACH * MOST_EACH_BYTES);
      for (Wire client : stuck) {
        client.reset();
      }
      over.release(EACH);
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
    }
  }
}
