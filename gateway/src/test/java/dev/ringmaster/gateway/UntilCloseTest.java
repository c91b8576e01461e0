package dev.ringmaster.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.ReplicaLink;
import dev.ringmaster.gateway.settings.ReplicaLink.Trust;
import dev.ringmaster.gateway.testing.Certs;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/// Answers that last until their connection ends, and connections that break instead.
class UntilCloseTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
  private static final String HALF =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhalf of it";
  private static final String PIECES =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na";

  private final CountDownLatch arrived = new CountDownLatch(1);

  /// A replica whose connection is reset when the client has the beginning.
  private ScriptedReplica breaking(String beginning) throws Exception {
    return ScriptedReplica.that(wire -> {
      wire.head();
      wire.send(beginning);
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      wire.reset();
    });
  }

  @Test
  void aResetIsNotTheEndOfAnAnswer() throws Exception {
    try (var replica = breaking(HALF);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(GET).upTo("half of it");
      arrived.countDown();
      assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
      assertThat(gateway.fleet().symptoms()).contains(Symptom.BROKEN);
    }
  }

  @Test
  void norIsItForAClientToWhomThePiecesAreOneBody() throws Exception {
    try (var replica = breaking(PIECES);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("GET / HTTP/1.0\r\nHost: t\r\n\r\n").upTo("\r\n\r\na");
      arrived.countDown();
      assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientOfHttp2IsToldByAReset() throws Exception {
    try (var replica = breaking(HALF);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().get("/");
      await().until(() -> stream.received() == "half of it".length());
      arrived.countDown();
      assertThat(stream.answer().error()).isPositive();
    }
  }

  @Test
  void aCloseIsTheEnd() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(HALF);
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client();
        var other = Http2Client.to(gateway.port())) {
      assertThat(client.send(GET).rest()).endsWith("\r\n\r\nhalf of it");
      assertThat(other.open().get("/").answer().error()).isEqualTo(-1);
    }
  }

  /// How a replica ends a connection over TLS.
  private enum Ending {
    CLOSE_NOTIFY,
    FIN_ALONE
  }

  private static void serve(ServerSocket listener, SSLContext tls, Ending ending) {
    try (Socket plain = listener.accept()) {
      var secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, 0, false);
      secured.setUseClientMode(false);
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) secured.getInputStream().read());
      }
      secured.getOutputStream().write(HALF.getBytes(ISO_8859_1));
      if (ending == Ending.CLOSE_NOTIFY) {
        secured.shutdownOutput();
      }
      plain.shutdownOutput();
      plain.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return;
    }
  }

  private static void overTls(Ending ending, Expectation expected) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(Certs.forLocalhost(null).toKeyManagerFactory().getKeyManagers(), null, null);
    ReplicaLink link = ReplicaLink.PLAIN.withTrust(Trust.ANYONE, null, null);
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(listener.getLocalPort()), settings -> settings.withLink(link));
        Wire client = gateway.client()) {
      Thread.ofVirtual().start(() -> serve(listener, tls, ending));
      client.send(GET);
      expected.of(client);
    }
  }

  private interface Expectation {
    void of(Wire client) throws Exception;
  }

  @Test
  void overTlsTheEndIsCloseNotify() throws Exception {
    overTls(
        Ending.CLOSE_NOTIFY, client -> assertThat(client.rest()).endsWith("\r\n\r\nhalf of it"));
  }

  @Test
  void overTlsAFinAloneIsNone() throws Exception {
    overTls(
        Ending.FIN_ALONE,
        client -> assertThatThrownBy(client::rest).isInstanceOf(IOException.class));
  }
}
