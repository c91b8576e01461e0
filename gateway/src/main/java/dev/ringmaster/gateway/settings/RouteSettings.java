package dev.ringmaster.gateway.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a route sets otherwise than its service does; null for what it leaves.
///
/// @param connect see [ServiceTimeouts]
/// @param firstByte see [ServiceTimeouts]
/// @param idle see [ServiceTimeouts]
/// @param request see [ServiceTimeouts]
/// @param tries see [RetryLimits]
/// @param maxBodyBytes see [ServiceLimits]
/// @param respondAsync see [ServiceSettings]
public record RouteSettings(
    @Nullable Duration connect,
    @Nullable Duration firstByte,
    @Nullable Duration idle,
    @Nullable Duration request,
    @Nullable Integer tries,
    @Nullable Long maxBodyBytes,
    @Nullable Boolean respondAsync) {

  /// All as the service has it.
  public static final RouteSettings NONE =
      new RouteSettings(null, null, null, null, null, null, null);

  /// The service's settings with those of the route in their place.
  public ServiceSettings over(ServiceSettings service) {
    ServiceTimeouts timeouts = service.timeouts();
    RetryLimits retry = service.retry();
    ServiceLimits limits = service.limits();
    if (connect != null) {
      timeouts = timeouts.withConnect(connect);
    }
    if (firstByte != null) {
      timeouts = timeouts.withFirstByte(firstByte);
    }
    if (idle != null) {
      timeouts = timeouts.withIdle(idle);
    }
    if (request != null) {
      timeouts = timeouts.withRequest(request);
    }
    if (tries != null) {
      retry = retry.withTries(tries);
    }
    if (maxBodyBytes != null) {
      limits = limits.withMaxBodyBytes(maxBodyBytes);
    }
    boolean async = respondAsync == null ? service.respondAsync() : respondAsync;
    return service
        .withTimeouts(timeouts)
        .withRetry(retry)
        .withLimits(limits)
        .withRespondAsync(async);
  }
}
