package dev.ringmaster.fleet;

import dev.ringmaster.fleet.health.HealthSettings;
import dev.ringmaster.fleet.plan.Names;
import dev.ringmaster.fleet.weight.EjectionSettings;
import dev.ringmaster.ring.Scheme;
import java.time.Duration;

/// What one service's fleet is told when it starts.
///
/// @param service the service's name: `[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}`
/// @param prefix what the names of its replicas begin with: `S` for S1, S2 and so on
/// @param replicas N at the first start. At a later start N is what was last commanded, unless this
///   value was changed in between: then that change is the last command
/// @param maxReplicas the largest N
/// @param spares replicas kept warm outside the table
/// @param scheme how the table maps keys
/// @param health how replicas are watched
/// @param ejection when a replica whose requests fail is out of the table for a while
/// @param slowStart how long the weight of a new or healed seat takes to grow; 0 for none
/// @param drainTimeout how long a leaving replica's requests may take to end
/// @param stopGrace how long a replica may take to stop before it is ended by force
/// @param killBudget how many hung replicas may be replaced at a time; a tenth of N if that is more
/// @param leaveRunning whether [Fleet#close] leaves the replicas running, to be adopted later
public record FleetSettings(
    String service,
    String prefix,
    int replicas,
    int maxReplicas,
    int spares,
    Scheme scheme,
    HealthSettings health,
    EjectionSettings ejection,
    Duration slowStart,
    Duration drainTimeout,
    Duration stopGrace,
    int killBudget,
    boolean leaveRunning) {

  /// The default settings of a service.
  public static FleetSettings of(String service, int replicas) {
    return new FleetSettings(
        service,
        Names.PREFIX,
        replicas,
        256,
        0,
        new Scheme.Seats(),
        HealthSettings.DEFAULTS,
        EjectionSettings.DEFAULTS,
        Duration.ZERO,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        1,
        false);
  }

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the value and what was expected
  public FleetSettings {
    if (!service.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}")) {
      throw new IllegalArgumentException(
          "a service's name must match [a-zA-Z0-9][a-zA-Z0-9_.-]" + "{0,62}, is '" + service + "'");
    }
    if (!Names.valid(prefix + Names.LAST)) {
      throw new IllegalArgumentException("names cannot begin with '" + prefix + "'");
    }
    requireWithin("max-replicas", maxReplicas, 1, 1 << 16);
    requireWithin("replicas", replicas, 0, maxReplicas);
    requireWithin("spares", spares, 0, maxReplicas);
    requireWithin("kill-budget", killBudget, 1, maxReplicas);
    requireNotNegative("slow-start", slowStart);
    requireNotNegative("drain-timeout", drainTimeout);
    requireNotNegative("stop-grace", stopGrace);
  }

  public FleetSettings withPrefix(String other) {
    Draft draft = new Draft(this);
    draft.prefix = other;
    return draft.settings();
  }

  /// These settings with another N for the first start.
  public FleetSettings withReplicas(int count) {
    Draft draft = new Draft(this);
    draft.replicas = count;
    return draft.settings();
  }

  public FleetSettings withMaxReplicas(int count) {
    Draft draft = new Draft(this);
    draft.maxReplicas = count;
    return draft.settings();
  }

  public FleetSettings withSpares(int count) {
    Draft draft = new Draft(this);
    draft.spares = count;
    return draft.settings();
  }

  public FleetSettings withScheme(Scheme other) {
    Draft draft = new Draft(this);
    draft.scheme = other;
    return draft.settings();
  }

  public FleetSettings withHealth(HealthSettings other) {
    Draft draft = new Draft(this);
    draft.health = other;
    return draft.settings();
  }

  public FleetSettings withEjection(EjectionSettings other) {
    Draft draft = new Draft(this);
    draft.ejection = other;
    return draft.settings();
  }

  public FleetSettings withSlowStart(Duration length) {
    Draft draft = new Draft(this);
    draft.slowStart = length;
    return draft.settings();
  }

  /// These settings with other times for leaving.
  ///
  /// @param drain replaces the drain timeout
  /// @param grace replaces the stop grace
  public FleetSettings withStops(Duration drain, Duration grace) {
    Draft draft = new Draft(this);
    draft.drainTimeout = drain;
    draft.stopGrace = grace;
    return draft.settings();
  }

  public FleetSettings withLeaveRunning(boolean leave) {
    Draft draft = new Draft(this);
    draft.leaveRunning = leave;
    return draft.settings();
  }

  private static void requireWithin(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " must be between " + low + " and " + high + ", is " + value);
    }
  }

  private static void requireNotNegative(String what, Duration duration) {
    if (duration.isNegative() || duration.toDays() > 1) {
      throw new IllegalArgumentException(what + " must be between 0 and a day, is " + duration);
    }
  }

  /// Settings while some of them are replaced.
  private static final class Draft {
    private final String service;
    private String prefix;
    private int replicas;
    private int maxReplicas;
    private int spares;
    private Scheme scheme;
    private HealthSettings health;
    private EjectionSettings ejection;
    private Duration slowStart;
    private Duration drainTimeout;
    private Duration stopGrace;
    private final int killBudget;
    private boolean leaveRunning;

    Draft(FleetSettings from) {
      service = from.service;
      prefix = from.prefix;
      replicas = from.replicas;
      maxReplicas = from.maxReplicas;
      spares = from.spares;
      scheme = from.scheme;
      health = from.health;
      ejection = from.ejection;
      slowStart = from.slowStart;
      drainTimeout = from.drainTimeout;
      stopGrace = from.stopGrace;
      killBudget = from.killBudget;
      leaveRunning = from.leaveRunning;
    }

    FleetSettings settings() {
      return new FleetSettings(
          service,
          prefix,
          replicas,
          maxReplicas,
          spares,
          scheme,
          health,
          ejection,
          slowStart,
          drainTimeout,
          stopGrace,
          killBudget,
          leaveRunning);
    }
  }
}
