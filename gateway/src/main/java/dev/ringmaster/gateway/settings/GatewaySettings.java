package dev.ringmaster.gateway.settings;

import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.trust.TrustSettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// What may be set about the data plane as a whole, whatever service a request is for.
///
/// @param address where clients connect; port 0 takes a free one
/// @param transport how bytes reach the kernel
/// @param eventLoops how many event loops; 0 means one a core
/// @param timeouts how long to wait for clients
/// @param limits what clients may make it hold
/// @param http what of heads and bodies is taken
/// @param trust whose word about a client is taken
/// @param tls where clients connect by TLS, and what they are shown; null for nowhere
/// @param accessLog where a line for each exchange goes
public record GatewaySettings(
    InetSocketAddress address,
    Transport transport,
    int eventLoops,
    ClientTimeouts timeouts,
    ClientLimits limits,
    Limits http,
    TrustSettings trust,
    @Nullable TlsSettings tls,
    AccessLogTarget accessLog) {

  /// The defaults, listening at `address`.
  public static GatewaySettings at(InetSocketAddress address) {
    return new GatewaySettings(
        address,
        Transport.AUTO,
        0,
        ClientTimeouts.DEFAULT,
        ClientLimits.DEFAULT,
        Limits.DEFAULT,
        TrustSettings.DEFAULT,
        null,
        new AccessLogTarget.Off());
  }

  public GatewaySettings {
    if (eventLoops < 0) {
      throw new IllegalArgumentException("event loops " + eventLoops + " is below 0");
    }
  }

  public GatewaySettings withAddress(InetSocketAddress address) {
    Draft draft = new Draft(this);
    draft.address = address;
    return draft.settings();
  }

  public GatewaySettings withTransport(Transport transport) {
    Draft draft = new Draft(this);
    draft.transport = transport;
    return draft.settings();
  }

  public GatewaySettings withEventLoops(int eventLoops) {
    Draft draft = new Draft(this);
    draft.eventLoops = eventLoops;
    return draft.settings();
  }

  public GatewaySettings withTimeouts(ClientTimeouts timeouts) {
    Draft draft = new Draft(this);
    draft.timeouts = timeouts;
    return draft.settings();
  }

  public GatewaySettings withLimits(ClientLimits limits) {
    Draft draft = new Draft(this);
    draft.limits = limits;
    return draft.settings();
  }

  public GatewaySettings withTls(@Nullable TlsSettings tls) {
    Draft draft = new Draft(this);
    draft.tls = tls;
    return draft.settings();
  }

  public GatewaySettings withHttp(Limits http) {
    Draft draft = new Draft(this);
    draft.http = http;
    return draft.settings();
  }

  public GatewaySettings withTrust(TrustSettings trust) {
    Draft draft = new Draft(this);
    draft.trust = trust;
    return draft.settings();
  }

  public GatewaySettings withAccessLog(AccessLogTarget accessLog) {
    Draft draft = new Draft(this);
    draft.accessLog = accessLog;
    return draft.settings();
  }

  /// Settings while one of them is replaced.
  private static final class Draft {
    private InetSocketAddress address;
    private Transport transport;
    private int eventLoops;
    private ClientTimeouts timeouts;
    private ClientLimits limits;
    private Limits http;
    private TrustSettings trust;
    private @Nullable TlsSettings tls;
    private AccessLogTarget accessLog;

    Draft(GatewaySettings from) {
      address = from.address;
      transport = from.transport;
      eventLoops = from.eventLoops;
      timeouts = from.timeouts;
      limits = from.limits;
      http = from.http;
      trust = from.trust;
      tls = from.tls;
      accessLog = from.accessLog;
    }

    GatewaySettings settings() {
      return new GatewaySettings(
          address, transport, eventLoops, timeouts, limits, http, trust, tls, accessLog);
    }
  }
}
