package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.ServiceLimits;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that turn out to be larger than a request's may be.
class BodyLimitTest {
  private static final String HEAD =
      "POST /upload HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";

  /// A body whose content would be a request if it were read as one.
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: t\r\n\r\n";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger came = new AtomicInteger();

  /// A replica that writes down each request's first line and counts the bytes behind its head.
  private ScriptedReplica counting() throws Exception {
    return ScriptedReplica.that(wire -> {
      String head = wire.head();
      lines.add(head.substring(0, head.indexOf('\r')));
      while (!wire.bytes(1).isEmpty()) {
        came.incrementAndGet();
      }
    });
  }

  private static String chunk(String content) {
    return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
  }

  /// The body comes in two parts, of which the second is sent when the replica has the first.
  @ParameterizedTest
  @ValueSource(ints = {2, 20, 33})
  void nothingOfABodyBeyondTheLimitIsTakenForARequest(int limit) throws Exception {
    String body = chunk("ab") + chunk(HIDDEN) + "0\r\n\r\n" + HIDDEN;
    int passes = chunk("ab").length() + Integer.toHexString(HIDDEN.length()).length() + 2 + limit;
    try (var replica = counting();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()),
                settings -> settings.withLimits(ServiceLimits.DEFAULT.withMaxBodyBytes(limit)))) {
      for (int cut = 0; cut <= body.length(); cut++) {
        came.set(0);
        lines.clear();
        String answers = twoParts(gateway, body, cut, Math.min(cut, passes - 2));
        assertThat(answers).startsWith("HTTP/1.1 413 ").contains("Connection: close");
        assertThat(answers.lastIndexOf("HTTP/1.1 ")).as("one answer").isZero();
        assertThat(lines).as("cut at %d", cut).isSubsetOf("POST /upload HTTP/1.1");
      }
    }
  }

  private String twoParts(GatewayUnderTest gateway, String body, int cut, int arrive)
      throws Exception {
    try (Wire client = gateway.client()) {
      client.send(HEAD + body.substring(0, cut));
      if (cut == arrive) {
        await()
            .pollInterval(Duration.ofMillis(2))
            .atMost(Duration.ofSeconds(20))
            .until(() -> came.get() >= arrive);
      }
      client.sendQuietly(body.substring(cut));
      return client.rest();
    }
  }

  @Test
  void aBodyForRingmasterItselfIsHeldToItsLimitTheSameWay() throws Exception {
    String large = "x".repeat((1 << 20) + 1);
    try (var replica = counting();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("POST /rep HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.sendQuietly(chunk(large) + "0\r\n\r\n" + HIDDEN);
      String answers = client.rest();
      assertThat(answers).startsWith("HTTP/1.1 413 ").contains("Connection: close");
      assertThat(answers.lastIndexOf("HTTP/1.1 ")).as("one answer").isZero();
      assertThat(lines).isEmpty();
    }
  }
}
