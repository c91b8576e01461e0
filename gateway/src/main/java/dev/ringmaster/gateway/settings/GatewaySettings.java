package dev.ringmaster.gateway.settings;

import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.hash.HashFunction;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// All that may be set about the data plane of one service.
///
/// @param address where clients connect; port 0 takes a free one
/// @param transport how bytes reach the kernel
/// @param eventLoops how many event loops; 0 means one a core
/// @param key what of a request is its key
/// @param hash what hashes keys; a keyed one if clients choose them
/// @param bound when a seat is full; null for never
/// @param classicAnswers whether a replica's 404 becomes the classic contract's 400
/// @param timeouts how long to wait
/// @param retry how much to try again
/// @param limits what peers may make it hold
/// @param accessLog where a line for each exchange goes
public record GatewaySettings(
    InetSocketAddress address,
    Transport transport,
    int eventLoops,
    KeyRule key,
    HashFunction hash,
    @Nullable BoundedLoad bound,
    boolean classicAnswers,
    Timeouts timeouts,
    RetryLimits retry,
    Limits limits,
    AccessLogTarget accessLog) {

  /// A seat with fewer requests in flight than this is never full.
  public static final int BOUND_FLOOR = 16;

  /// The defaults, listening at `address`.
  public static GatewaySettings at(InetSocketAddress address) {
    return new GatewaySettings(
        address,
        Transport.AUTO,
        0,
        KeyRule.parse("random"),
        HashFunction.xxh3(0),
        BoundedLoad.of("1.25", BOUND_FLOOR),
        false,
        Timeouts.DEFAULT,
        RetryLimits.DEFAULT,
        Limits.DEFAULT,
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

  public GatewaySettings withKey(KeyRule key) {
    Draft draft = new Draft(this);
    draft.key = key;
    return draft.settings();
  }

  public GatewaySettings withHash(HashFunction hash) {
    Draft draft = new Draft(this);
    draft.hash = hash;
    return draft.settings();
  }

  public GatewaySettings withBound(@Nullable BoundedLoad bound) {
    Draft draft = new Draft(this);
    draft.bound = bound;
    return draft.settings();
  }

  public GatewaySettings withClassicAnswers(boolean classicAnswers) {
    Draft draft = new Draft(this);
    draft.classicAnswers = classicAnswers;
    return draft.settings();
  }

  public GatewaySettings withTimeouts(Timeouts timeouts) {
    Draft draft = new Draft(this);
    draft.timeouts = timeouts;
    return draft.settings();
  }

  public GatewaySettings withRetry(RetryLimits retry) {
    Draft draft = new Draft(this);
    draft.retry = retry;
    return draft.settings();
  }

  public GatewaySettings withLimits(Limits limits) {
    Draft draft = new Draft(this);
    draft.limits = limits;
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
    private KeyRule key;
    private HashFunction hash;
    private @Nullable BoundedLoad bound;
    private boolean classicAnswers;
    private Timeouts timeouts;
    private RetryLimits retry;
    private Limits limits;
    private AccessLogTarget accessLog;

    Draft(GatewaySettings from) {
      address = from.address;
      transport = from.transport;
      eventLoops = from.eventLoops;
      key = from.key;
      hash = from.hash;
      bound = from.bound;
      classicAnswers = from.classicAnswers;
      timeouts = from.timeouts;
      retry = from.retry;
      limits = from.limits;
      accessLog = from.accessLog;
    }

    GatewaySettings settings() {
      return new GatewaySettings(
          address,
          transport,
          eventLoops,
          key,
          hash,
          bound,
          classicAnswers,
          timeouts,
          retry,
          limits,
          accessLog);
    }
  }
}
