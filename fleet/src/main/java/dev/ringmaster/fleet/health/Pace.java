package dev.ringmaster.fleet.health;

import dev.ringmaster.fleet.health.Pulse.Vital;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// When the next heartbeat is due.
public final class Pace {
  private static final long FIRST_PROBE_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LAST_PROBE_NS = TimeUnit.MILLISECONDS.toNanos(250);

  /// A booting replica is asked again after this part of its age, so that a start is seen within
  /// about 5 % of its length, however long it is.
  private static final int PROBE_AGE_PART = 20;

  /// In doubt, heartbeats come this many times as often, until the doubt is settled.
  private static final int DOUBT = 4;

  private Pace() {}

  /// How long to wait after a heartbeat's answer, in ns.
  ///
  /// @param ageNs how long the replica has been booting
  public static long delayNs(
      Pulse pulse, HealthSettings settings, long ageNs, RandomGenerator random) {
    if (pulse.vital() == Vital.BOOTING) {
      return Math.clamp(ageNs / PROBE_AGE_PART, FIRST_PROBE_NS, LAST_PROBE_NS);
    }
    long intervalNs = settings.interval().toNanos();
    boolean settled = pulse.vital() == Vital.WELL && pulse.streak() == 0;
    return jittered(settled ? intervalNs : intervalNs / DOUBT, settings.jitter(), random);
  }

  private static long jittered(long ns, double jitter, RandomGenerator random) {
    return (long) (ns * (1 + jitter * (2 * random.nextDouble() - 1)));
  }
}
