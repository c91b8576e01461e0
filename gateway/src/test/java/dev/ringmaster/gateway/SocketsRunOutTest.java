package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.ClientTimeouts;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.Transport;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.FullPort;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.gateway.transport.Sockets;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A machine that has no more descriptors for a while.
class SocketsRunOutTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

  private static final AtomicInteger LEFT = new AtomicInteger(Integer.MAX_VALUE);

  /// A socket that cannot be had when none is left.
  public static final class Scarce extends NioSocketChannel {
    public Scarce() {
      if (LEFT.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        throw new ChannelException("Too many open files");
      }
    }
  }

  @AfterEach
  void enough() {
    LEFT.set(Integer.MAX_VALUE);
  }

  private static Sockets scarce() {
    Sockets nio = Sockets.of(Transport.NIO);
    return new Sockets(nio.transport(), nio.loops(), nio.server(), Scarce.class);
  }

  private static GatewaySettings impatient(GatewaySettings settings) {
    ClientTimeouts timeouts = settings.timeouts();
    return settings.withTimeouts(timeouts.withHead(SHORT));
  }

  @Test
  void isA503ThatBlamesNoReplica() throws Exception {
    try (var replica = ScriptedReplica.answering("fine");
        var gateway = GatewayUnderTest.by(scarce(), FakeFleet.at(replica.port()), s -> s, s -> s);
        Wire client = gateway.client()) {
      LEFT.set(0);
      for (int i = 0; i < 6; i++) {
        client.send(GET);
        assertThat(client.message()).startsWith("HTTP/1.1 503 ").contains("Retry-After", "socket");
      }
      assertThat(gateway.fleet().symptoms()).isEmpty();
      enough();
      client.send(GET);
      assertThat(client.message()).endsWith("fine");
    }
  }

  /// The next candidate is asked for when the clock of the loop ticks.
  @Test
  void doesNotStopTheTimeOutsOfTheLoop() throws Exception {
    try (var full = new FullPort(SHORT);
        var fuller = new FullPort(SHORT);
        var gateway =
            GatewayUnderTest.by(
                scarce(),
                FakeFleet.at(full.port(), fuller.port()),
                SocketsRunOutTest::impatient,
                service -> service.withTimeouts(service.timeouts().withConnect(SHORT)));
        Wire client = gateway.client();
        Wire slow = gateway.client()) {
      LEFT.set(1);
      client.send(GET);
      assertThat(client.message()).startsWith("HTTP/1.1 503 ");
      assertThat(gateway.fleet().symptoms()).containsExactly(Symptom.CONNECT_TIMEOUT);
      slow.send("GET / HT");
      assertThat(slow.head()).startsWith("HTTP/1.1 408 ");
    }
  }
}
