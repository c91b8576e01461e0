package dev.ringmaster.console.metrics;

import dev.ringmaster.console.reload.ReloadCounts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.tls.TlsReport;
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
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /// @param services asked at each scrape, as are the others
  public Metrics(
      Supplier<List<Observed>> services,
      Supplier<LedgerTotals> ledger,
      Supplier<ReloadCounts> reloads) {
    MultiCollector service = () -> collect(services.get(), ledger.get(), reloads.get());
    registry.getPrometheusRegistry().register(service);
    gc.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// All metrics as they are now.
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private static MetricSnapshots collect(
      List<Observed> services, LedgerTotals ledger, ReloadCounts reloads) {
    List<MetricSnapshot> families = new ArrayList<>(TrafficMetrics.of(ledger));
    families.addAll(KeyMetrics.of(ledger));
    TlsReport tls = ledger.tls();
    if (tls != null) {
      families.addAll(TlsMetrics.of(tls));
    }
    families.addAll(FleetMetrics.of(services));
    families.addAll(ReloadMetrics.of(reloads));
    return new MetricSnapshots(families);
  }
}
