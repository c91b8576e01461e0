package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.QueuesUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.ring.hash.HashFunction;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A key's direct and its queued requests meet at the same seat.
class QueuedKeysTest {
  private static final int SEATS = 7;
  private static final Pattern NAMED = Pattern.compile("x-name: (\\S+)\r\n");

  private final Map<String, Integer> direct = new ConcurrentHashMap<>();
  private final Map<String, Integer> queued = new ConcurrentHashMap<>();
  private final List<ScriptedReplica> replicas = new ArrayList<>();

  private FakeFleet fleet() throws Exception {
    for (int i = 0; i < SEATS; i++) {
      int seat = i;
      replicas.add(
          ScriptedReplica.that(wire -> {
            while (true) {
              note(seat, wire.message());
              wire.send(ok(""));
            }
          }));
    }
    return FakeFleet.at(replicas.stream().mapToInt(ScriptedReplica::port).toArray());
  }

  private void note(int seat, String message) {
    Matcher name = NAMED.matcher(message);
    if (name.find()) {
      (message.contains("Queue-Seq: ") ? queued : direct).put(name.group(1), seat);
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (ScriptedReplica replica : replicas) {
      replica.close();
    }
  }

  private static String request(String target, String headers, String body) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: t\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void meet(int keys) {
    await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(queued).hasSize(keys));
    assertThat(queued).isEqualTo(direct);
  }

  @Test
  void tenThousandKeysMeetTheirSeats() throws Exception {
    int keys = 10_000;
    int atOnce = 100;
    UnaryOperator<ServiceSettings> byUser =
        settings ->
            settings
                .withKey(KeyRule.parse("header:X-Name"))
                .withHash(HashFunction.named("siphash", new byte[16], null))
                .withBound(null);
    try (var queues = new QueuesUnderTest();
        var gateway = GatewayUnderTest.queueing(fleet(), queues, settings -> settings, byUser);
        Wire client = gateway.client()) {
      for (int from = 0; from < keys; from += atOnce) {
        StringBuilder requests = new StringBuilder();
        for (int i = from; i < from + atOnce; i++) {
          String name = "x-name: user-" + i + "\r\n";
          requests.append(request("/", name, ""));
          requests.append(request("/", name + "Prefer: respond-async\r\n", ""));
        }
        client.send(requests.toString());
        for (int i = 0; i < 2 * atOnce; i++) {
          client.message();
        }
      }
      meet(keys);
    }
    assertThat(direct.values().stream().distinct().count()).isEqualTo(SEATS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uri                  | /%s?q=1 | ''              | ''",
        "path                 | /%s     | ''              | ''",
        "query:user           | /?user=%s | ''            | ''",
        "cookie:sid           | /       | Cookie: a=b; sid=%s | ''",
        "body:/user           | /       | ''              | {\"user\":\"%s\"}",
        "body:/user:3         | /       | ''              | {\"user\":\"%s and more\"}",
        "body:/user,header:X-Name | /   | ''              | none"
      })
  void whereverTheKeyStandsItIsTheSame(String rule, String target, String header, String body)
      throws Exception {
    try (var queues = new QueuesUnderTest();
        var gateway =
            GatewayUnderTest.queueing(
                fleet(),
                queues,
                settings -> settings,
                settings -> settings.withKey(KeyRule.parse(rule)).withBound(null));
        Wire client = gateway.client()) {
      for (int i = 0; i < 100; i++) {
        String key = 100 + i + "-user";
        String name = "x-name: " + key + "\r\n";
        String headers = header.isEmpty() ? name : name + header.formatted(key) + "\r\n";
        String at = target.formatted(key);
        String content = body.formatted(key);
        client.send(request(at, headers, content)).message();
        client.send(request(at, headers + "Prefer: respond-async\r\n", content)).message();
      }
      meet(100);
    }
  }

  @Test
  void explainingSaysWhereAMessageWouldLie() throws Exception {
    try (var queues = new QueuesUnderTest();
        var gateway =
            GatewayUnderTest.queueing(
                fleet(),
                queues,
                settings -> settings,
                settings -> settings.withKey(KeyRule.parse("header:X-Name")))) {
      for (int i = 0; i < 20; i++) {
        String name = "user-" + i;
        RequestFacts facts =
            new RequestFacts("GET", "/", Map.of("X-Name", name), InetAddress.getLoopbackAddress());
        Explanation explained = gateway.gateway().explain(facts);
        Explanation.Queued told = Objects.requireNonNull(explained.queued());
        String accepted =
            gateway.ask(request("/", "x-name: " + name + "\r\nPrefer: respond-async\r\n", ""));
        assertThat(accepted).contains("\"queue\":\"web\",\"shard\":" + told.shard() + ",");
        queues.done("web", QueuesUnderTest.id(accepted));
        assertThat(queued).containsEntry(name, explained.chosen());
      }
      RequestFacts unkeyed =
          new RequestFacts("GET", "/", Map.of(), InetAddress.getLoopbackAddress());
      assertThat(gateway.gateway().explain(unkeyed).queued()).isNull();
    }
  }

  @Test
  void aClientsAddressIsItsKey() throws Exception {
    try (var queues = new QueuesUnderTest();
        var gateway =
            GatewayUnderTest.queueing(
                fleet(),
                queues,
                settings -> settings,
                settings -> settings.withKey(KeyRule.parse("client-address")))) {
      gateway.ask(request("/", "x-name: me\r\n", ""));
      gateway.ask(request("/", "x-name: me\r\nPrefer: respond-async\r\n", ""));
      meet(1);
    }
  }

  @Test
  void whoWaitsGetsHisStickyCookieToo() throws Exception {
    StickySettings signing = StickySettings.of("for this test only".getBytes(UTF_8), null);
    try (var queues = new QueuesUnderTest();
        var gateway =
            GatewayUnderTest.queueing(
                fleet(),
                queues,
                settings -> settings,
                settings -> settings.withKey(KeyRule.parse("sticky:rm"), signing))) {
      String first = gateway.ask(request("/", "x-name: a\r\nPrefer: respond-async\r\n", ""));
      Matcher cookie = Pattern.compile("Set-Cookie: (rm=[^;]+)").matcher(first);
      assertThat(cookie.find()).isTrue();
      String back = "Cookie: " + cookie.group(1) + "\r\n";
      gateway.ask(request("/", "x-name: a\r\n" + back, ""));
      meet(1);
      assertThat(gateway.ask(request("/", "x-name: b\r\nPrefer: respond-async\r\n" + back, "")))
          .doesNotContain("Set-Cookie");
    }
  }
}
