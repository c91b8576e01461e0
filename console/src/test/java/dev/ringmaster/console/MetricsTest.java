package dev.ringmaster.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.FleetStats;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.ReplicaState;
import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.KeyTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.MessageTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RefusalTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RouteTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RoutingTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.TunnelTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.WaitTotals;
import dev.ringmaster.gateway.tls.Handshakes;
import dev.ringmaster.gateway.tls.Handshakes.Failure;
import dev.ringmaster.gateway.tls.TlsReport;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.message.SlotTable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{(?:[a-zA-Z_]+=\"[^\"\\\\]*\",?)*\\})?) "
              + "(-?[0-9.]+(?:E-?[0-9]+)?|NaN|[+-]Inf)");

  private ConsoleUnderTest console;

  @BeforeEach
  void start() throws IOException {
    console = new ConsoleUnderTest();
  }

  @AfterEach
  void stop() {
    console.close();
  }

  /// The samples of a scrape by name and labels; fails on a line that is neither a sample nor a
  /// comment.
  private Map<String, Double> scrape() {
    HttpResponse<String> answer = console.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    Map<String, Double> samples = new HashMap<>();
    answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("# "))
        .forEach(line -> {
          Matcher sample = SAMPLE.matcher(line);
          assertThat(sample.matches()).as(line).isTrue();
          double value =
              sample.group(2).endsWith("Inf") ? Double.NaN : Double.parseDouble(sample.group(2));
          assertThat(samples.put(sample.group(1), value)).as("twice: " + line).isNull();
        });
    return samples;
  }

  private static SeatTotals seat(int seat, long good, long failed) {
    List<Long> durations =
        new ArrayList<>(Collections.nCopies(SeatTotals.BOUNDS_NS.size() + 1, 0L));
    durations.set(0, good);
    durations.set(durations.size() - 1, failed);
    return new SeatTotals(
        seat, List.of(0L, good, 0L, 0L, failed), 5, 6, 700, 800, durations, 2_500_000_000L, 9);
  }

  private static final KeyTotals KEYS =
      new KeyTotals(
          40,
          List.of(1L, 2L, 3L, 4L, 5L, 6L),
          50,
          2,
          List.of(new HeavyKey(0xABCL, null, 0.5, 80, 2)));

  /// Waits as long as the seat's exchanges.
  private static WaitTotals waits(SeatTotals seat) {
    return new WaitTotals(4, seat.durationCounts(), seat.durationSumNs(), 11, 12, 13, 14);
  }

  private static LedgerTotals web(SeatTotals seat) {
    List<Long> none = List.of(0L, 0L, 0L, 0L, 0L);
    ServiceTotals service =
        new ServiceTotals("web", List.of(seat), none, 0, TunnelTotals.NONE, waits(seat), KEYS, 15);
    RoutingTotals routing = new RoutingTotals(List.of(new RouteTotals("all", 1)), 0, 0);
    return new LedgerTotals(List.of(service), routing, none, 0, 0);
  }

  @Test
  void exchangesAreCountedBySeatAndStatusClass() {
    console.ledger =
        new LedgerTotals(
            List.of(
                new ServiceTotals(
                    "web",
                    List.of(seat(0, 10, 1), seat(7, 20, 2)),
                    List.of(0L, 0L, 0L, 0L, 9L),
                    3,
                    new TunnelTotals(2, 31),
                    WaitTotals.NONE,
                    KEYS,
                    0),
                new ServiceTotals(
                    "api",
                    List.of(seat(0, 30, 3)),
                    List.of(),
                    1,
                    TunnelTotals.NONE,
                    WaitTotals.NONE,
                    KeyTotals.NONE,
                    0)),
            new RoutingTotals(List.of(new RouteTotals("path /users", 30)), 2, 1),
            List.of(0L, 0L, 0L, 4L, 0L),
            4,
            12);
    Map<String, Double> samples = scrape();
    assertThat(samples)
        .containsEntry("ringmaster_requests_total{seat=\"0\",service=\"web\",status=\"2xx\"}", 10.0)
        .containsEntry("ringmaster_requests_total{seat=\"7\",service=\"web\",status=\"5xx\"}", 2.0)
        .containsEntry(
            "ringmaster_requests_total{seat=\"none\",service=\"web\",status=\"5xx\"}", 9.0)
        .containsEntry("ringmaster_requests_total{seat=\"0\",service=\"api\",status=\"2xx\"}", 30.0)
        .containsEntry(
            "ringmaster_requests_total{seat=\"none\",service=\"none\",status=\"4xx\"}", 4.0)
        .containsEntry("ringmaster_retries_total{seat=\"7\",service=\"web\"}", 5.0)
        .containsEntry("ringmaster_spreads_total{seat=\"7\",service=\"web\"}", 9.0)
        .containsEntry("ringmaster_body_keys_total{outcome=\"found\",service=\"web\"}", 40.0)
        .containsEntry("ringmaster_body_keys_total{outcome=\"too_long\",service=\"web\"}", 6.0)
        .containsEntry("ringmaster_sticky_cookies_total{outcome=\"issued\",service=\"web\"}", 50.0)
        .containsEntry("ringmaster_sticky_cookies_total{outcome=\"forged\",service=\"web\"}", 2.0)
        .containsEntry("ringmaster_heavy_key_share{key=\"0000000000000abc\",service=\"web\"}", 0.5)
        .containsEntry("ringmaster_spills_total{seat=\"7\",service=\"web\"}", 6.0)
        .containsEntry("ringmaster_request_body_bytes_total{seat=\"0\",service=\"web\"}", 700.0)
        .containsEntry("ringmaster_response_body_bytes_total{seat=\"0\",service=\"web\"}", 800.0)
        .containsEntry("ringmaster_requests_in_flight{service=\"web\"}", 3.0)
        .containsEntry("ringmaster_requests_in_flight{service=\"api\"}", 1.0)
        .containsEntry("ringmaster_tunnels_open{service=\"web\"}", 2.0)
        .containsEntry("ringmaster_tunnels_total{service=\"web\"}", 31.0)
        .containsEntry("ringmaster_route_requests_total{route=\"path /users\"}", 30.0)
        .containsEntry("ringmaster_requests_unrouted_total{reason=\"no-route\"}", 2.0)
        .containsEntry("ringmaster_requests_unrouted_total{reason=\"unclear-path\"}", 1.0)
        .containsEntry("ringmaster_client_connections", 12.0);
  }

  @Test
  void queuesAreCountedBySubscriptionAndShardsOnlyIfAskedFor() {
    console.queues = List.of(queue());
    String labels = "{queue=\"mail\",subscription=\"main\"}";
    assertThat(scrape())
        .containsEntry("ringmaster_queue_depth" + labels, 8.0)
        .containsEntry("ringmaster_queue_in_flight" + labels, 2.0)
        .containsEntry("ringmaster_queue_died_total" + labels, 1.0)
        .containsEntry("ringmaster_queue_paused{queue=\"mail\"}", 0.0)
        .containsEntry("ringmaster_queue_shards{queue=\"mail\"}", 64.0)
        .hasEntrySatisfying(
            "ringmaster_queue_oldest_age_seconds" + labels,
            age -> assertThat(age).isGreaterThan(1e9))
        .doesNotContainKey("ringmaster_queue_shard_depth" + labels);
    assertThat(console.get("/metrics?shards=true").body())
        .contains(
            "ringmaster_queue_shard_depth{queue=\"mail\",shard=\"3\",subscription=\"main\"} 7.0",
            "ringmaster_queue_shard_depth{queue=\"mail\",shard=\"4\",subscription=\"main\"} 1.0");
  }

  private static QueueView queue() {
    ShardView shard = new ShardView(3, 7, 4, 1, 2, 1, 1_000, 10, 3, 2, 1, 1, 4096, List.of());
    ShardView other = new ShardView(4, 1, 1, 0, 0, 0, 500, 1, 0, 0, 0, 0, 10, List.of());
    QueueTerms terms =
        new QueueTerms(
            "mail",
            "web",
            "/",
            64,
            QueueTerms.Limits.DEFAULT,
            QueueTerms.Retry.DEFAULT,
            QueueTerms.Results.DEFAULT);
    return new QueueView(
        terms,
        SlotTable.equal(64),
        false,
        List.of(new SubscriptionView("main", List.of(shard, other))));
  }

  @Test
  void durationBucketsAreCumulativeAndInSeconds() {
    console.ledger = web(seat(0, 10, 1));
    Map<String, Double> samples = scrape();
    String bucket =
        "ringmaster_request_duration_seconds_bucket{seat=\"0\",service=\"web\",le=\"%s\"}";
    assertThat(samples)
        .containsEntry(bucket.formatted("1.0E-4"), 10.0)
        .containsEntry(bucket.formatted("0.1"), 10.0)
        .containsEntry(bucket.formatted("30.0"), 10.0)
        .containsEntry(bucket.formatted("+Inf"), 11.0)
        .containsEntry(
            "ringmaster_request_duration_seconds_count{seat=\"0\",service=\"web\"}", 11.0)
        .containsEntry("ringmaster_request_duration_seconds_sum{seat=\"0\",service=\"web\"}", 2.5);
  }

  @Test
  void theFleetIsShownByState() {
    Replica busy = FakeFleet.replica("S1", 0, ReplicaState.SERVING);
    busy.load().begin();
    console.fleet.show(
        FakeFleet.viewOf(
            2,
            List.of(
                busy,
                FakeFleet.replica("S2", 1, ReplicaState.SUSPECT),
                FakeFleet.replica("old", Replica.SPARE, ReplicaState.DRAINING),
                FakeFleet.replica("warm", Replica.SPARE, ReplicaState.SERVING))));
    String state = "ringmaster_replicas{place=\"%s\",service=\"web\",state=\"%s\"}";
    assertThat(scrape())
        .containsEntry("ringmaster_replicas_desired{service=\"web\"}", 2.0)
        .containsEntry("ringmaster_replicas_serving{service=\"web\"}", 1.0)
        .containsEntry(state.formatted("seat", "serving"), 1.0)
        .containsEntry(state.formatted("seat", "suspect"), 1.0)
        .containsEntry(state.formatted("leaving", "draining"), 1.0)
        .containsEntry(state.formatted("seat", "starting"), 0.0)
        .containsEntry(state.formatted("spare", "serving"), 1.0)
        .containsEntry("ringmaster_seat_in_flight{seat=\"0\",service=\"web\"}", 1.0)
        .containsEntry("ringmaster_seat_weight_ratio{seat=\"0\",service=\"web\"}", 1.0)
        .containsEntry("ringmaster_seat_weight_ratio{seat=\"1\",service=\"web\"}", 0.0);
  }

  @Test
  void healsRestartsAndTheNewestChangeAreShown() {
    console.stats =
        new FleetStats(
            4,
            1,
            2,
            new FleetStats.Ejections(7, 5),
            3,
            List.of(300_000_000L, 100_000_000L, 200_000_000L),
            new FleetStats.TableChange(9, 1, 0.25));
    assertThat(scrape())
        .containsEntry("ringmaster_restarts_total{service=\"web\"}", 4.0)
        .containsEntry("ringmaster_kills_total{service=\"web\"}", 1.0)
        .containsEntry("ringmaster_failed_starts_total{service=\"web\"}", 2.0)
        .containsEntry("ringmaster_ejections_total{service=\"web\"}", 7.0)
        .containsEntry("ringmaster_ejections_refused_total{service=\"web\"}", 5.0)
        .containsEntry("ringmaster_heal_seconds{service=\"web\",quantile=\"0.5\"}", 0.2)
        .containsEntry("ringmaster_heal_seconds{service=\"web\",quantile=\"1.0\"}", 0.3)
        .containsEntry("ringmaster_heal_seconds_count{service=\"web\"}", 3.0)
        .containsEntry("ringmaster_last_change_moved_ratio{service=\"web\"}", 0.25)
        .containsEntry("ringmaster_last_change_seats{service=\"web\"}", 1.0);
  }

  @Test
  void theJvmIsShown() {
    assertThat(scrape().keySet())
        .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(name -> name.startsWith("jvm_threads_live_threads"))
        .anyMatch(name -> name.startsWith("process_cpu_usage"))
        .anyMatch(name -> name.startsWith("process_uptime_seconds"));
  }

  @Test
  void whoWaitsAndWhoIsRefusedIsCounted() {
    LedgerTotals web = web(seat(0, 10, 1));
    console.ledger =
        new LedgerTotals(
            web.services(),
            web.routing(),
            web.unrouted(),
            0,
            0,
            new RefusalTotals(5, 6, 7, 8),
            new MessageTotals(21, Map.of(Refusal.QUEUE_FULL, 22L), 23, 24, 25, 26),
            null,
            27);
    assertThat(scrape())
        .containsEntry("ringmaster_requests_waiting{service=\"web\"}", 4.0)
        .containsEntry("ringmaster_request_wait_seconds_count{service=\"web\"}", 11.0)
        .containsEntry("ringmaster_request_wait_seconds_sum{service=\"web\"}", 2.5)
        .containsEntry("ringmaster_requests_turned_away_total{service=\"web\"}", 11.0)
        .containsEntry("ringmaster_requests_overtime_total{service=\"web\"}", 12.0)
        .containsEntry("ringmaster_hedges_total{service=\"web\"}", 13.0)
        .containsEntry("ringmaster_hedges_won_total{service=\"web\"}", 14.0)
        .containsEntry("ringmaster_client_connections_refused_total", 5.0)
        .containsEntry("ringmaster_proxy_headers_refused_total", 7.0)
        .containsEntry("ringmaster_clients_shed_total", 8.0)
        .containsEntry("ringmaster_client_requests_refused_total", 6.0)
        .containsEntry("ringmaster_replicas_untrusted_total{service=\"web\"}", 15.0)
        .containsEntry("ringmaster_requests_queued_total", 21.0)
        .containsEntry("ringmaster_requests_not_queued_total{reason=\"queue-full\"}", 22.0)
        .containsEntry("ringmaster_requests_not_queued_total{reason=\"disk-full\"}", 0.0)
        .containsEntry("ringmaster_messages_carried", 23.0)
        .containsEntry("ringmaster_deliveries_total{outcome=\"answered\"}", 24.0)
        .containsEntry("ringmaster_deliveries_total{outcome=\"broken\"}", 25.0)
        .containsEntry("ringmaster_deliveries_total{outcome=\"refused\"}", 26.0)
        .containsEntry("ringmaster_access_log_lines_lost_total", 27.0);
  }

  @Test
  void theDocumentNamesEveryMetricOfOursAndNoOther() throws IOException {
    console.queues = List.of(queue());
    LedgerTotals web = web(seat(0, 1, 0));
    TlsReport tls =
        new TlsReport(new Handshakes.Totals(1, Map.of(Failure.TIMEOUT, 1L)), Instant.EPOCH);
    console.ledger =
        new LedgerTotals(
            web.services(),
            web.routing(),
            web.unrouted(),
            0,
            0,
            new RefusalTotals(0, 0, 0, 0),
            MessageTotals.NONE,
            tls,
            0);
    TreeSet<String> scraped = new TreeSet<>();
    Matcher type =
        Pattern.compile("^# TYPE (ringmaster_[a-z_]+) ", Pattern.MULTILINE)
            .matcher(console.get("/metrics").body());
    while (type.find()) {
      scraped.add(type.group(1));
    }
    TreeSet<String> documented = new TreeSet<>();
    Matcher name =
        Pattern.compile("^\\| `(ringmaster_[a-z_]+)`", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (name.find()) {
      documented.add(name.group(1));
    }
    assertThat(documented).isEqualTo(scraped);
  }
}
