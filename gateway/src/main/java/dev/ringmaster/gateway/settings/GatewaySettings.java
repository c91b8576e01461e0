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

  public GatewaySettings withTransport(Transport transport) {
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

  public GatewaySettings withEventLoops(int eventLoops) {
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

  public GatewaySettings withKey(KeyRule key) {
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

  public GatewaySettings withHash(HashFunction hash) {
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

  public GatewaySettings withBound(@Nullable BoundedLoad bound) {
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

  public GatewaySettings withClassicAnswers(boolean classicAnswers) {
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

  public GatewaySettings withTimeouts(Timeouts timeouts) {
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

  public GatewaySettings withRetry(RetryLimits retry) {
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

  public GatewaySettings withLimits(Limits limits) {
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

  public GatewaySettings withAccessLog(AccessLogTarget accessLog) {
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
