package dev.ringmaster.gateway.h2spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringmaster.gateway.settings.TlsSettings;
import dev.ringmaster.gateway.testing.Certs;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// All of h2spec's cases, generic and strict: one test each.
class H2specTest {
  /// Cases of version 2.2.0; fewer would mean that it gave up.
  private static final int CASES = 146;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> withPriorKnowledge() throws Exception {
    assumeTrue(H2spec.runsHere(), "h2spec is for Linux on amd64");
    HttpServer replica = replica();
    try (var gateway = GatewayUnderTest.over(FakeFleet.at(replica.getAddress().getPort()))) {
      return tests(H2spec.run(directory, gateway.port()));
    } finally {
      replica.stop(0);
    }
  }

  @TestFactory
  Stream<DynamicTest> overTls() throws Exception {
    assumeTrue(H2spec.runsHere(), "h2spec is for Linux on amd64");
    HttpServer replica = replica();
    X509Bundle bundle = Certs.forLocalhost(null);
    TlsSettings tls =
        TlsSettings.at(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Certs.chain(directory, "chain.pem", bundle),
            Certs.key(directory, "key.pem", bundle));
    try (var gateway =
        GatewayUnderTest.listening(
            FakeFleet.at(replica.getAddress().getPort()), settings -> settings.withTls(tls))) {
      return tests(H2spec.run(directory, gateway.gateway().tlsPort(), "-t", "-k"));
    } finally {
      replica.stop(0);
    }
  }

  private static Stream<DynamicTest> tests(List<H2spec.Case> cases) {
    assertThat(cases).hasSizeGreaterThanOrEqualTo(CASES);
    return cases.stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.name(), () -> assertThat(each.outcome()).isEqualTo("passed")));
  }

  private static HttpServer replica() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = "something to read".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(200, head ? -1 : body.length);
          if (!head) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    return server;
  }
}
