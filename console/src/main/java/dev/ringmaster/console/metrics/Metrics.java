package dev.ringmaster.console.metrics;

import dev.ringmaster.console.reload.ReloadCounts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.tls.TlsReport;
import dev.ringmaster.queue.control.QueueView;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// All metrics of one Ringmaster, in the Prometheus text format.
///
/// Nothing is counted here. The ledger and the fleet keep their own counts, each with one writer,
/// and are read once a scrape; Micrometer's binders add the JVM and the process.
public final class Metrics implements AutoCloseable {
  /// The media type of [#scrape].
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PrometheusMeterRegistry shards =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Supplier<List<QueueView>> queues;
  private final InstantSource clock;

  /// @param services asked at each scrape, as are the others
  public Metrics(
      Supplier<List<Observed>> services,
      Supplier<LedgerTotals> ledger,
      Supplier<ReloadCounts> reloads,
      Supplier<List<QueueView>> queues,
      InstantSource clock) {
    this.queues = queues;
    this.clock = clock;
    MultiCollector service = () -> collect(services.get(), ledger.get(), reloads.get());
    registry.getPrometheusRegistry().register(service);
    MultiCollector each =
        () -> new MetricSnapshots(QueueMetrics.ofShards(queues.get(), clock.millis()));
    shards.getPrometheusRegistry().register(each);
    gc.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// All metrics as they are now, but those of single shards.
  public String scrape() {
    return registry.scrape();
  }

  /// The metrics of every shard of every queue.
  public String scrapeShards() {
    return shards.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
    shards.close();
  }

  private MetricSnapshots collect(
      List<Observed> services, LedgerTotals ledger, ReloadCounts reloads) {
    List<MetricSnapshot> families = new ArrayList<>(TrafficMetrics.of(ledger));
    families.addAll(KeyMetrics.of(ledger));
    families.addAll(MessageMetrics.of(ledger.messages()));
    TlsReport tls = ledger.tls();
    if (tls != null) {
      families.addAll(TlsMetrics.of(tls));
    }
    families.addAll(FleetMetrics.of(services));
    families.addAll(ReloadMetrics.of(reloads));
    families.addAll(QueueMetrics.of(queues.get(), clock.millis()));
    return new MetricSnapshots(families);
  }
}
