package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.TlsSettings;
import dev.ringmaster.gateway.settings.TlsSettings.ClientAuth;
import dev.ringmaster.gateway.settings.TlsSettings.PlainPort;
import dev.ringmaster.gateway.testing.Certs;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.gateway.tls.Handshakes.Failure;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that come by TLS.
class TlsClientsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir Path directory;

  private TlsSettings settings(X509Bundle bundle) throws Exception {
    return TlsSettings.at(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Certs.chain(directory, "chain.pem", bundle),
        Certs.key(directory, "key.pem", bundle));
  }

  private static GatewayUnderTest gateway(ScriptedReplica replica, TlsSettings tls)
      throws Exception {
    return GatewayUnderTest.listening(
        FakeFleet.at(replica.port()), settings -> settings.withTls(tls));
  }

  private static SSLSocket socket(int port, X509Bundle trusted, @Nullable X509Bundle own)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        own == null ? null : own.toKeyManagerFactory().getKeyManagers(),
        trusted.toTrustManagerFactory().getTrustManagers(),
        null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String ask(SSLSocket socket, String request, int bytes) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aRequestOverTlsPassesAndSaysSo() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    var seen = new LinkedBlockingQueue<String>();
    try (var replica =
            ScriptedReplica.that(wire -> {
              while (true) {
                seen.add(wire.message());
                wire.send(ScriptedReplica.ok("hi"));
              }
            });
        var gateway = gateway(replica, settings(bundle));
        SSLSocket socket = socket(gateway.gateway().tlsPort(), bundle, null)) {
      assertThat(ask(socket, GET, 17)).isEqualTo("HTTP/1.1 200 OK\r\n");
      assertThat(seen.take()).contains("X-Forwarded-Proto: https\r\n");
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(Objects.requireNonNull(gateway.gateway().tlsReport()).handshakes().done())
          .isEqualTo(1);
    }
  }

  @Test
  void largeBodiesPassWhole() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    int size = 5 << 20;
    try (var replica = ScriptedReplica.answering("x".repeat(size));
        var gateway = gateway(replica, settings(bundle));
        SSLSocket socket = socket(gateway.gateway().tlsPort(), bundle, null)) {
      String answer = ask(socket, GET, size);
      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("xxxx");
    }
  }

  @Test
  void theEndOfAnAnswerThatEndsWithItsConnectionIsTold() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 200 OK\r\n\r\nall of it");
            });
        var gateway = gateway(replica, settings(bundle));
        SSLSocket socket = socket(gateway.gateway().tlsPort(), bundle, null)) {
      assertThat(ask(socket, GET, Integer.MAX_VALUE)).endsWith("\r\n\r\nall of it");
    }
  }

  @Test
  void http2IsAgreedUponByAlpn() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    SslContext tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(bundle.toTrustManagerFactory())
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    "h2"))
            .build();
    try (var replica = ScriptedReplica.answering("x".repeat(300_000));
        var gateway = gateway(replica, settings(bundle));
        var client = Http2Client.to(gateway.gateway().tlsPort(), tls)) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.open().get("/").answer().body()).hasSize(300_000);
      }
      assertThat(gateway.gateway().totals().connections()).isEqualTo(1);
    }
  }

  @Test
  void plainHttpOnThePortOfTlsIsClosedAndCounted() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    try (var replica = ScriptedReplica.answering("x");
        var gateway = gateway(replica, settings(bundle));
        Wire wire = Wire.to(gateway.gateway().tlsPort())) {
      wire.send(GET).drain();
      awaitFailure(gateway, Failure.NOT_TLS);
    }
  }

  private static void awaitFailure(GatewayUnderTest gateway, Failure failure) {
    await()
        .untilAsserted(() ->
            assertThat(Objects.requireNonNull(gateway.gateway().tlsReport()).handshakes().failed())
                .containsEntry(failure, 1L));
  }

  @Test
  void aClientMustShowACertificateWhereThatIsAsked() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    X509Bundle authority = Certs.authority("clients");
    Path file = Certs.chain(directory, "clients.pem", authority);
    TlsSettings tls = settings(bundle).withClients(file, ClientAuth.REQUIRED);
    try (var replica = ScriptedReplica.answering("x");
        var gateway = gateway(replica, tls)) {
      int port = gateway.gateway().tlsPort();
      try (SSLSocket known = socket(port, bundle, Certs.forLocalhost(authority))) {
        assertThat(ask(known, GET, 12)).isEqualTo("HTTP/1.1 200");
      }
      try (SSLSocket nameless = socket(port, bundle, null)) {
        assertThatThrownBy(() -> ask(nameless, GET, 12)).isInstanceOf(IOException.class);
      }
      awaitFailure(gateway, Failure.CLIENT_CERTIFICATE);
    }
  }

  @Test
  void aCertificateOfAStrangerIsRefused() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    Path file = Certs.chain(directory, "clients.pem", Certs.authority("clients"));
    TlsSettings tls = settings(bundle).withClients(file, ClientAuth.OPTIONAL);
    try (var replica = ScriptedReplica.answering("x");
        var gateway = gateway(replica, tls)) {
      int port = gateway.gateway().tlsPort();
      try (SSLSocket nameless = socket(port, bundle, null)) {
        assertThat(ask(nameless, GET, 12)).isEqualTo("HTTP/1.1 200");
      }
      X509Bundle stranger = Certs.forLocalhost(Certs.authority("strangers"));
      try (SSLSocket strange = socket(port, bundle, stranger)) {
        // A client that knows whom the server trusts shows no other certificate.
        assertThat(ask(strange, GET, 12)).isEqualTo("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aNewPairIsTakenAndAWrongOneIsNot() throws Exception {
    X509Bundle first = Certs.forLocalhost(null);
    X509Bundle second = Certs.forLocalhost(null);
    TlsSettings tls = settings(first);
    try (var replica = ScriptedReplica.answering("x");
        var gateway = gateway(replica, tls)) {
      int port = gateway.gateway().tlsPort();
      Certs.chain(directory, "chain.pem", second);
      try (SSLSocket still = socket(port, first, null)) {
        assertThat(ask(still, GET, 12)).isEqualTo("HTTP/1.1 200");
      }
      Certs.key(directory, "key.pem", second);
      await()
          .ignoreExceptions()
          .until(() -> {
            try (SSLSocket changed = socket(port, second, null)) {
              return ask(changed, GET, 12).equals("HTTP/1.1 200");
            }
          });
    }
  }

  @Test
  void thePortWithoutTlsSendsToTheOneWithIt() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    try (var replica = ScriptedReplica.answering("x");
        var gateway = gateway(replica, settings(bundle).withPlain(PlainPort.REDIRECTS))) {
      String there = "https://example.org:" + gateway.gateway().tlsPort();
      assertThat(gateway.ask("GET /a?b HTTP/1.1\r\nHost: example.org:80\r\n\r\n"))
          .startsWith("HTTP/1.1 308 Permanent Redirect\r\n")
          .contains("Location: " + there + "/a?b\r\n");
      assertThat(gateway.get("/rep")).startsWith("HTTP/1.1 200");
      try (var client = Http2Client.to(gateway.port())) {
        var answer = client.open().get("/x").answer();
        assertThat(answer.status()).isEqualTo(308);
      }
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void olderVersionsAreLeftOutWhereThatIsAsked() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    TlsSettings tls = settings(bundle).withVersions(List.of("TLSv1.3"));
    try (var replica = ScriptedReplica.answering("x");
        var gateway = gateway(replica, tls);
        SSLSocket old = socket(gateway.gateway().tlsPort(), bundle, null)) {
      old.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(() -> ask(old, GET, 12)).isInstanceOf(IOException.class);
      awaitFailure(gateway, Failure.PROTOCOL);
    }
  }
}
