package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.RuntimeKind;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Affinity;
import dev.ringmaster.app.settings.catalog.Health;
import dev.ringmaster.app.settings.catalog.Listening;
import dev.ringmaster.app.settings.catalog.Logging;
import dev.ringmaster.app.settings.catalog.Protection;
import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.catalog.Tls;
import dev.ringmaster.app.settings.catalog.Trust;
import dev.ringmaster.console.ConsoleSettings;
import dev.ringmaster.console.access.BearerToken;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.fleet.FleetSettings;
import dev.ringmaster.fleet.health.HealthSettings;
import dev.ringmaster.fleet.plan.Names;
import dev.ringmaster.fleet.weight.EjectionSettings;
import dev.ringmaster.gateway.heavy.HeavyMode;
import dev.ringmaster.gateway.heavy.HeavySettings;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.ClientLimits;
import dev.ringmaster.gateway.settings.ClientTimeouts;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.HedgeSettings;
import dev.ringmaster.gateway.settings.RetryLimits;
import dev.ringmaster.gateway.settings.ServiceLimits;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.settings.ServiceTimeouts;
import dev.ringmaster.gateway.settings.TlsSettings;
import dev.ringmaster.gateway.settings.Transport;
import dev.ringmaster.gateway.trust.ForwardedHeader;
import dev.ringmaster.gateway.trust.ProxyProtocol;
import dev.ringmaster.gateway.trust.TrustSettings;
import dev.ringmaster.gateway.trust.TrustedProxies;
import dev.ringmaster.ring.BoundedLoad;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The settings of each room, from the checked values.
///
/// @param gateway for the gateway as a whole
/// @param console for the console
record Plan(GatewaySettings gateway, ConsoleSettings console) {

  /// How much longer than a replica's start a command may take: the fleet tells first.
  private static final Duration COMMAND_MARGIN = Duration.ofSeconds(10);

  private static final BoundedLoad USUAL_BOUND =
      BoundedLoad.of("1.25", ServiceSettings.BOUND_FLOOR);

  /// The settings of the rooms that all services share.
  static Plan of(Values values) throws CannotStart {
    return new Plan(gateway(values), console(values));
  }

  /// A service's settings for its fleet.
  static FleetSettings fleet(Values values) {
    return new FleetSettings(
        values.get(Replicas.SERVICE),
        Names.PREFIX,
        replicas(values),
        Math.max(values.get(Replicas.MAX_REPLICAS), replicas(values)),
        values.get(Replicas.SPARES),
        Schemes.scheme(values),
        health(values),
        new EjectionSettings(
            values.get(Health.EJECTION_FAILURES),
            values.get(Health.EJECTION_TIME),
            values.get(Health.EJECTION_MOST)),
        values.get(Health.SLOW_START),
        values.get(Replicas.DRAIN_TIMEOUT),
        values.get(Replicas.STOP_GRACE),
        values.get(Replicas.KILL_BUDGET),
        false);
  }

  private static int replicas(Values values) {
    return RuntimeKind.of(values) == RuntimeKind.STATIC
        ? values.get(Replicas.TARGETS).size()
        : values.get(Replicas.REPLICAS);
  }

  private static HealthSettings health(Values values) {
    return new HealthSettings(
        values.get(Health.HEALTH_PATH),
        values.get(Health.HEALTH_INTERVAL),
        values.get(Health.HEALTH_TIMEOUT),
        values.get(Health.HEALTH_FALL),
        values.get(Health.HEALTH_RISE),
        values.get(Health.HEALTH_JITTER),
        values.get(Health.HEALTH_START_TIMEOUT),
        Links.probe(values));
  }

  static GatewaySettings gateway(Values values) {
    return GatewaySettings.at(trafficAddress(values))
        .withTransport(Transport.valueOf(values.get(Listening.TRANSPORT).toUpperCase(Locale.ROOT)))
        .withEventLoops(values.get(Listening.EVENT_LOOPS))
        .withTimeouts(
            new ClientTimeouts(
                values.get(Protection.TIMEOUT_HEAD),
                values.get(Protection.TIMEOUT_IDLE),
                values.get(Replicas.DRAIN_TIMEOUT)))
        .withHttp(http(values))
        .withTrust(trust(values))
        .withTls(tls(values))
        .withLimits(
            ClientLimits.DEFAULT
                .withConnectionsPerClient(values.get(Protection.CONNECTIONS_PER_CLIENT))
                .withRequestsPerClient(values.find(Protection.REQUESTS_PER_CLIENT).orElse(null))
                .withBodyBytesPerSecond(values.get(Protection.LIMIT_BODY_RATE)))
        .withAccessLog(AccessLogTarget.parse(values.get(Logging.ACCESS_LOG)));
  }

  /// Null if there is no port for it; the catalog's contradictions have seen that the files are
  /// given with it.
  private static @Nullable TlsSettings tls(Values values) {
    Optional<InetSocketAddress> address = tlsAddress(values);
    Optional<Path> certificate = values.find(Tls.CERTIFICATE);
    Optional<Path> key = values.find(Tls.KEY);
    if (address.isEmpty() || certificate.isEmpty() || key.isEmpty()) {
      return null;
    }
    return new TlsSettings(
        address.get(),
        certificate.get(),
        key.get(),
        values.find(Tls.CLIENT_CA).orElse(null),
        TlsSettings.ClientAuth.valueOf(values.get(Tls.CLIENT_AUTH).toUpperCase(Locale.ROOT)),
        values.get(Tls.VERSIONS).stream().map(version -> "TLSv" + version).toList(),
        values.get(Tls.REDIRECT) ? TlsSettings.PlainPort.REDIRECTS : TlsSettings.PlainPort.SERVES);
  }

  /// Where TLS is listened for, if anywhere.
  static Optional<InetSocketAddress> tlsAddress(Values values) {
    return values
        .find(Tls.PORT)
        .map(port -> new InetSocketAddress(values.get(Listening.ADDRESS_OF_TRAFFIC), port));
  }

  private static Limits http(Values values) {
    Limits usual = Limits.DEFAULT;
    int headBytes = values.get(Protection.LIMIT_HEAD_BYTES);
    return new Limits(
        headBytes,
        Math.min(usual.lineBytes(), headBytes),
        Math.min(values.get(Protection.LIMIT_TARGET_BYTES), headBytes),
        values.get(Protection.LIMIT_HEADERS),
        usual.emptyLines(),
        usual.bodyBytes(),
        usual.extensionBytes(),
        usual.trailerBytes());
  }

  private static TrustSettings trust(Values values) {
    return new TrustSettings(
        values.find(Trust.TRUSTED_PROXIES).map(TrustedProxies::of).orElse(TrustedProxies.NONE),
        ForwardedHeader.valueOf(values.get(Trust.FORWARDED_HEADER).toUpperCase(Locale.ROOT)),
        ProxyProtocol.valueOf(values.get(Trust.PROXY_PROTOCOL).toUpperCase(Locale.ROOT)));
  }

  /// A service's settings for the gateway.
  ///
  /// @param secret of the key hash
  static ServiceSettings service(Values values, byte[] secret) throws CannotStart {
    return ServiceSettings.DEFAULT
        .withKey(
            values.get(Affinity.KEY),
            StickySettings.of(secret, values.find(Affinity.STICKY_MAX_AGE).orElse(null)))
        .withHeavy(
            new HeavySettings(
                HeavyMode.valueOf(values.get(Affinity.HEAVY_KEYS).toUpperCase(Locale.ROOT)),
                values.get(Affinity.HEAVY_KEYS_SHOWN)))
        .withHash(Schemes.hash(values, secret))
        .withBound(bound(values))
        .withClassicAnswers(values.find(Replicas.CLASSIC_ANSWERS).orElse(bundled(values)))
        .withTimeouts(timeouts(values))
        .withLink(Links.link(values))
        .withConcurrency(
            new ConcurrencyLimit(
                values.get(Protection.IN_FLIGHT),
                values.get(Protection.QUEUE),
                values.get(Protection.TIMEOUT_QUEUE)))
        .withRespondAsync(values.get(Queueing.RESPOND_ASYNC))
        .withHedge(
            values
                .find(Protection.HEDGE_AFTER)
                .map(after -> new HedgeSettings(after, values.get(Protection.HEDGE_BUDGET)))
                .orElse(null))
        .withRetry(
            new RetryLimits(
                values.get(Protection.RETRY_BUDGET),
                values.get(Protection.RETRY_PER_SECOND),
                values.get(Protection.RETRY_TRIES)))
        .withLimits(
            ServiceLimits.DEFAULT
                .withBodyKeyBytes(values.get(Affinity.BODY_KEY_BYTES))
                .withMaxBodyBytes(values.get(Protection.LIMIT_BODY_BYTES)));
  }

  private static ServiceTimeouts timeouts(Values values) {
    return new ServiceTimeouts(
        values.get(Protection.TIMEOUT_CONNECT),
        values.get(Protection.TIMEOUT_FIRST_BYTE),
        values.get(Protection.TIMEOUT_IDLE),
        values.get(Protection.TIMEOUT_HEAL),
        values.get(Protection.TIMEOUT_TUNNEL),
        values.get(Protection.TIMEOUT_REQUEST));
  }

  private static @Nullable BoundedLoad bound(Values values) {
    boolean classic = values.get(Affinity.SCHEME).equals("classic");
    Optional<BoundedLoad> usual = classic ? Optional.empty() : Optional.of(USUAL_BOUND);
    return values.find(Affinity.BOUND).orElse(usual).orElse(null);
  }

  /// Whether the replicas are the bundled server.
  static boolean bundled(Values values) {
    return RuntimeKind.of(values) == RuntimeKind.PROCESS && !values.gave(Replicas.COMMAND);
  }

  private static ConsoleSettings console(Values values) throws CannotStart {
    ControlMode mode = ControlMode.valueOf(values.get(Trust.CONTROL).toUpperCase(Locale.ROOT));
    BearerToken token = values.gave(Trust.TOKEN_FILE) ? token(values.get(Trust.TOKEN_FILE)) : null;
    return new ConsoleSettings(
        consoleAddress(values),
        new ControlAccess(mode, token, Set.of()),
        values.get(Health.HEALTH_START_TIMEOUT).plus(COMMAND_MARGIN));
  }

  private static BearerToken token(Path file) throws CannotStart {
    try {
      return BearerToken.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new CannotStart("the token file " + file + " does not exist", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotStart("the token file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  static InetSocketAddress trafficAddress(Values values) {
    return new InetSocketAddress(
        values.get(Listening.ADDRESS_OF_TRAFFIC), values.get(Listening.PORT));
  }

  static InetSocketAddress consoleAddress(Values values) {
    return new InetSocketAddress(
        values.get(Listening.ADMIN_ADDRESS), values.get(Listening.ADMIN_PORT));
  }
}
