package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.ReplicaLink;
import dev.ringmaster.gateway.settings.ReplicaLink.Protocol;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Wire;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the streams of replicas that speak HTTP/2 end, and what becomes of the next request.
class StreamEndsTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nhi";

  private final AtomicInteger requests = new AtomicInteger();

  private interface Script {
    void play(Http2Wire frames) throws Exception;
  }

  private static ScriptedReplica that(Script script) throws Exception {
    return ScriptedReplica.that(wire -> script.play(Http2Wire.on(wire)));
  }

  private static GatewayUnderTest over(ScriptedReplica... replicas) throws Exception {
    int[] ports = new int[replicas.length];
    for (int i = 0; i < ports.length; i++) {
      ports[i] = replicas[i].port();
    }
    return GatewayUnderTest.over(
        FakeFleet.at(ports),
        settings -> settings.withLink(ReplicaLink.PLAIN.withProtocol(Protocol.HTTP2)));
  }

  private void answer(Http2Wire frames, int stream) throws Exception {
    requests.incrementAndGet();
    frames.head(stream, 200, 2).data(stream, "ok").end(stream);
  }

  /// Whether the answer is over is seen by the client before the stream has ended.
  @ParameterizedTest
  @CsvSource({"GET, 200, 2", "HEAD, 200, 2", "GET, 204, -1", "GET, 304, -1"})
  void aStreamMayEndAfterItsAnswer(String method, int status, int length) throws Exception {
    Semaphore mayEnd = new Semaphore(0);
    try (var replica =
            that(frames -> {
              while (true) {
                int stream = frames.request();
                frames.head(stream, status, length);
                if (method.equals("GET") && length > 0) {
                  frames.data(stream, "ok");
                }
                mayEnd.tryAcquire(20, TimeUnit.SECONDS);
                frames.end(stream);
                requests.incrementAndGet();
              }
            });
        var gateway = over(replica);
        Wire client = gateway.client()) {
      String request = method + " / HTTP/1.1\r\nHost: t\r\n\r\n";
      for (int i = 0; i < 5; i++) {
        client.send(request);
        assertThat(client.head()).startsWith("HTTP/1.1 " + status);
        if (method.equals("GET")) {
          assertThat(client.bytes(Math.max(0, length))).isEqualTo(length > 0 ? "ok" : "");
        }
      }
      mayEnd.release(1_000);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAtomic(requests, count -> assertThat(count).isEqualTo(5));
      int before = replica.connections();
      for (int i = 0; i < 5; i++) {
        client.send(request);
        assertThat(client.head()).startsWith("HTTP/1.1 " + status);
        client.bytes(method.equals("GET") ? Math.max(0, length) : 0);
      }
      assertThat(replica.connections()).as("connections are kept").isEqualTo(before);
    }
  }

  @Test
  void aStreamThatNeverEndsCostsItsConnectionOnly() throws Exception {
    try (var replica =
            that(frames -> {
              int stream = frames.request();
              frames.head(stream, 200, 2).data(stream, "ok");
              frames.request();
            });
        var gateway = over(replica);
        var client = Http2Client.to(gateway.port())) {
      for (int i = 0; i < 4; i++) {
        assertThat(client.open().get("/").answer().body()).isEqualTo("ok");
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> replica.closed() == replica.connections());
    }
  }

  @Test
  void aConnectionThatSaidGoAwayTakesNoMoreRequests() throws Exception {
    try (var replica =
            that(frames -> {
              int stream = frames.request();
              frames.goAway(stream);
              answer(frames, stream);
              frames.request();
              requests.addAndGet(100);
            });
        var gateway = over(replica);
        Wire client = gateway.client()) {
      client.send(POST.repeat(5));
      for (int i = 0; i < 5; i++) {
        assertThat(client.message()).startsWith("HTTP/1.1 200").endsWith("ok");
      }
      assertThat(requests).hasValue(5);
      assertThat(replica.connections()).isEqualTo(5);
    }
  }

  @Test
  void whatGoAwayLeavesOutIsAskedAnewWhateverItsMethod() throws Exception {
    try (var replica =
            that(frames -> {
              int first = frames.request();
              answer(frames, first);
              frames.request();
              frames.goAway(first);
            });
        var gateway = over(replica);
        Wire client = gateway.client()) {
      for (int i = 0; i < 6; i++) {
        client.send(POST);
        assertThat(client.message()).startsWith("HTTP/1.1 200").endsWith("ok");
      }
      assertThat(requests).hasValue(6);
      assertThat(gateway.fleet().symptoms()).containsOnly(Symptom.ANSWERED);
    }
  }

  @Test
  void aStreamThatIsRefusedGoesToTheNextCandidateWhateverItsMethod() throws Exception {
    try (var full =
            that(frames -> {
              while (true) {
                frames.reset(frames.request(), Http2Wire.REFUSED_STREAM);
              }
            });
        var other =
            that(frames -> {
              while (true) {
                answer(frames, frames.request());
              }
            });
        var gateway = over(full, other)) {
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.ask(POST)).startsWith("HTTP/1.1 200").endsWith("ok");
      }
      assertThat(full.connections()).isPositive();
      assertThat(requests).hasValue(20);
      assertThat(gateway.fleet().symptoms()).containsOnly(Symptom.ANSWERED);
    }
  }

  @Test
  void aStreamThatBreaksForAnotherReasonMayHaveBeenProcessed() throws Exception {
    try (var breaking =
            that(frames -> {
              frames.reset(frames.request(), 2);
            });
        var gateway = over(breaking)) {
      assertThat(gateway.ask(POST)).startsWith("HTTP/1.1 502");
      assertThat(breaking.connections()).isEqualTo(1);
    }
  }
}
