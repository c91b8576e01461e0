package dev.ringmaster.gateway.heavy;

import dev.ringmaster.fleet.FleetControl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Looks for the heavy keys of all services once a second, by a virtual thread beside the event
/// loops.
public final class HeavyWatch implements AutoCloseable {
  /// The time between two looks. Each look halves the weight of what was counted before.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final double SECOND_NS = 1e9;

  private final Map<String, ServiceKeys> services = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofVirtual().name("heavy-keys").unstarted(this::run);

  /// Starts looking.
  public void start() {
    thread.start();
  }

  /// Another loop counts a service's keys. What is known of them stays known as long as one loop
  /// counts them for the same fleet under the same settings.
  public LoopKeys join(String service, HeavySettings settings, FleetControl fleet, Executor loop) {
    AtomicReference<@Nullable LoopKeys> joined = new AtomicReference<>();
    // Joined inside, so that the watch cannot find the service left in between and forget it.
    services.compute(
        service,
        (name, known) -> {
          boolean same = known != null && known.serves(settings, fleet);
          ServiceKeys keys = same ? known : new ServiceKeys(settings, fleet);
          joined.set(keys.join(loop));
          return keys;
        });
    return Objects.requireNonNull(joined.get());
  }

  /// The heavy keys of a service, the hottest first.
  public List<HeavyKey> keys(String service) {
    ServiceKeys keys = services.get(service);
    return keys == null ? List.of() : keys.keys();
  }

  /// A heavy key of a service; null if it is none.
  public @Nullable HeavyKey find(String service, long hash) {
    ServiceKeys keys = services.get(service);
    return keys == null ? null : keys.find(hash);
  }

  private void run() {
    long lastNs = System.nanoTime();
    while (!Thread.interrupted()) {
      LockSupport.parkNanos(LOOK.toNanos());
      long nowNs = System.nanoTime();
      double seconds = (nowNs - lastNs) / SECOND_NS;
      forgetLeft();
      if (seconds > 0) {
        services.values().forEach(service -> service.look(seconds));
        lastNs = nowNs;
      }
    }
  }

  /// Whether a loop counts a service's keys, as far as the watch knows.
  boolean counts(String service) {
    return services.containsKey(service);
  }

  /// Forgets the services that no loop counts for any more.
  void forgetLeft() {
    for (String service : services.keySet()) {
      services.computeIfPresent(service, (name, keys) -> keys.left() ? null : keys);
    }
  }

  /// Ends the watch.
  @Override
  public void close() {
    thread.interrupt();
  }
}
