package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefaultsTest {

  /// All defaults as they are published; whoever changes one changes a promise.
  private static final Map<String, String> PUBLISHED =
      Map.ofEntries(
          Map.entry("port", "5000"),
          Map.entry("address", "0.0.0.0"),
          Map.entry("admin-port", "5001"),
          Map.entry("admin-address", "127.0.0.1"),
          Map.entry("data", "./data"),
          Map.entry("service", "web"),
          Map.entry("replicas", "3"),
          Map.entry("max-replicas", "256"),
          Map.entry("spares", "0"),
          Map.entry("container-port", "5000"),
          Map.entry("network", "net1"),
          Map.entry("scheme", "seats"),
          Map.entry("classic-scheme.slots", "512"),
          Map.entry("classic-scheme.virtual-servers", "9"),
          Map.entry("classic-scheme.probing", "linear"),
          Map.entry("classic-scheme.request", "1,2,17"),
          Map.entry("classic-scheme.virtual", "1,1,2,25"),
          Map.entry("hash", "siphash"),
          Map.entry("key", "random"),
          Map.entry("control", "loopback"),
          Map.entry("health.path", "/heartbeat"),
          Map.entry("health.interval", "2s"),
          Map.entry("health.timeout", "1s"),
          Map.entry("health.fall", "3"),
          Map.entry("health.rise", "2"),
          Map.entry("health.jitter", "0.1"),
          Map.entry("health.start-timeout", "30s"),
          Map.entry("ejection.failures", "5"),
          Map.entry("ejection.time", "30s"),
          Map.entry("ejection.most", "0.1"),
          Map.entry("slow-start", "0s"),
          Map.entry("drain-timeout", "30s"),
          Map.entry("stop-grace", "5s"),
          Map.entry("kill-budget", "1"),
          Map.entry("limits.body-key-bytes", "65536"),
          Map.entry("heavy-keys", "watch"),
          Map.entry("heavy-keys-shown", "false"),
          Map.entry("timeouts.connect", "1s"),
          Map.entry("timeouts.first-byte", "30s"),
          Map.entry("timeouts.idle", "60s"),
          Map.entry("timeouts.head", "10s"),
          Map.entry("timeouts.heal", "3s"),
          Map.entry("timeouts.tunnel", "1h"),
          Map.entry("timeouts.queue", "1s"),
          Map.entry("timeouts.request", "0s"),
          Map.entry("limits.in-flight", "0"),
          Map.entry("limits.queue", "1024"),
          Map.entry("limits.connections-per-client", "0"),
          Map.entry("hedge.budget", "0.05"),
          Map.entry("retry.budget", "0.2"),
          Map.entry("retry.per-second", "10"),
          Map.entry("retry.tries", "3"),
          Map.entry("limits.headers", "128"),
          Map.entry("limits.head-bytes", "65536"),
          Map.entry("limits.target-bytes", "16384"),
          Map.entry("limits.body-bytes", "off"),
          Map.entry("limits.body-min-rate", "240"),
          Map.entry("forwarded-header", "off"),
          Map.entry("proxy-protocol", "off"),
          Map.entry("tls.client-auth", "off"),
          Map.entry("tls.versions", "1.2,1.3"),
          Map.entry("tls.redirect", "false"),
          Map.entry("replica-protocol", "http1"),
          Map.entry("replica-tls.trust", "no-tls"),
          Map.entry("queue", "true"),
          Map.entry("respond-async", "true"),
          Map.entry("queue-store", "sqlite"),
          Map.entry("queue-consumers", "control"),
          Map.entry("queue-callback-private", "false"),
          Map.entry("classic-queue", "false"),
          Map.entry("access-log", "off"),
          Map.entry("event-loops", "0"),
          Map.entry("reload-on-change", "false"),
          Map.entry("transport", "auto"));

  private static final List<String> WITHOUT_DEFAULT =
      List.of(
          "runtime",
          "command",
          "image",
          "targets",
          "hash-jar",
          "sticky-max-age",
          "classic-answers",
          "bound",
          "limits.requests-per-client",
          "hedge.after",
          "tls.port",
          "tls.certificate",
          "tls.key",
          "tls.client-ca",
          "replica-tls.ca",
          "replica-tls.server-name",
          "token-file",
          "trusted-proxies",
          "queue-url",
          "queue-user",
          "queue-password-file",
          "queue-callbacks");

  @Test
  void everyDefaultIsAsPublished() {
    Map<String, String> defaults = new TreeMap<>();
    for (Setting<?> setting : Catalog.ALL) {
      String fallback = setting.fallback();
      if (fallback != null) {
        defaults.put(setting.key(), fallback);
      }
    }
    assertThat(defaults).containsExactlyInAnyOrderEntriesOf(PUBLISHED);
  }

  @Test
  void whatHasNoDefaultIsLeftOpen() throws Rejected {
    Values values = Values.of(List.of());
    assertThat(Catalog.ALL.stream().filter(s -> values.find(s).isEmpty()).map(Setting::key))
        .containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
  }

  @Test
  void keysAndFlagsAreDistinct() {
    assertThat(Catalog.ALL.stream().map(Setting::key)).doesNotHaveDuplicates();
    assertThat(Catalog.ALL.stream().map(Setting::flag)).doesNotHaveDuplicates();
  }
}
