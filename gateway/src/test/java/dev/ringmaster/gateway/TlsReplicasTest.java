package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.settings.ReplicaLink;
import dev.ringmaster.gateway.settings.ReplicaLink.Protocol;
import dev.ringmaster.gateway.settings.ReplicaLink.Trust;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.Certs;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Server;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replicas that are reached by TLS.
class TlsReplicasTest {
  @TempDir Path directory;

  private static SslContext server(X509Bundle bundle) throws Exception {
    return SslContextBuilder.forServer(bundle.toKeyManagerFactory())
        .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                "h2"))
        .build();
  }

  private String ask(Http2Server replica, ReplicaLink link) throws Exception {
    try (var gateway =
        GatewayUnderTest.over(FakeFleet.at(replica.port()), settings -> settings.withLink(link))) {
      return gateway.get("/");
    }
  }

  private ReplicaLink verified(X509Bundle authority, String name) throws Exception {
    Path file = Certs.chain(directory, "replicas.pem", authority);
    return ReplicaLink.PLAIN.withProtocol(Protocol.HTTP2).withTrust(Trust.VERIFIED, file, name);
  }

  @Test
  void aReplicaThatIsVouchedForServes() throws Exception {
    X509Bundle authority = Certs.authority("replicas");
    try (var replica = Http2Server.over(server(Certs.forLocalhost(authority)))) {
      assertThat(ask(replica, verified(authority, "localhost"))).startsWith("HTTP/1.1 200");
      assertThat(replica.heads().element().scheme()).hasToString("https");
    }
  }

  @Test
  void aReplicaWithAnotherNameDoesNot() throws Exception {
    X509Bundle authority = Certs.authority("replicas");
    try (var replica = Http2Server.over(server(Certs.forLocalhost(authority)))) {
      assertThat(ask(replica, verified(authority, "other.example"))).startsWith("HTTP/1.1 502");
      assertThat(replica.heads()).isEmpty();
    }
  }

  @Test
  void aReplicaOfAStrangerDoesNot() throws Exception {
    X509Bundle stranger = Certs.forLocalhost(Certs.authority("strangers"));
    try (var replica = Http2Server.over(server(stranger))) {
      ReplicaLink link = verified(Certs.authority("replicas"), "localhost");
      try (var gateway =
          GatewayUnderTest.over(
              FakeFleet.at(replica.port()), settings -> settings.withLink(link))) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 502");
        assertThat(gateway.gateway().totals().services().getFirst().untrusted()).isPositive();
      }
      assertThat(replica.heads()).isEmpty();
    }
  }

  @Test
  void anyoneServesWhereThatIsAsked() throws Exception {
    try (var replica = Http2Server.over(server(Certs.forLocalhost(null)))) {
      ReplicaLink link =
          ReplicaLink.PLAIN.withProtocol(Protocol.HTTP2).withTrust(Trust.ANYONE, null, null);
      assertThat(ask(replica, link)).startsWith("HTTP/1.1 200");
    }
  }

  /// Each event loop serves what was read once, whatever becomes of the file.
  @Test
  void theFileOfAuthoritiesIsReadOnceForAllLoops() throws Exception {
    X509Bundle authority = Certs.authority("replicas");
    try (var replica = Http2Server.over(server(Certs.forLocalhost(authority)));
        var before = ScriptedReplica.answering("before");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(before.port()), settings -> settings.withEventLoops(2))) {
      ServiceSettings settings = ServiceSettings.DEFAULT.withLink(verified(authority, "localhost"));
      Plane next = Plane.of(new ServedService("b", settings, FakeFleet.at(replica.port())));
      Files.delete(directory.resolve("replicas.pem"));
      gateway.gateway().reload(next);
      for (int i = 0; i < 8; i++) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 200").doesNotContain("before");
      }
    }
  }

  @Test
  void aServiceWhoseAuthoritiesCannotBeReadIsNone() throws Exception {
    ReplicaLink link = verified(Certs.authority("replicas"), "localhost");
    Files.delete(directory.resolve("replicas.pem"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ServedService("b", ServiceSettings.DEFAULT.withLink(link), FakeFleet.at(1)))
        .withMessageContaining("replicas.pem does not exist");
  }
}
