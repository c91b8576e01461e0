package dev.ringmaster.gateway.settings;

import java.time.Duration;

/// How long the requests of a service wait. Each wait is kept with a grain of a tenth of a second.
///
/// @param connect for a connection to a replica to stand; then the next candidate, at last 502
/// @param firstByte from the request's last byte to the answer's first; then 504
/// @param idle for the next bytes of a body, in both directions
/// @param heal for a replica to serve again when none is left to try; then 503, or the last failure
/// @param tunnel for bytes in either direction of a connection that left HTTP, such as a WebSocket
/// @param request for all of a request, from its head to the answer's last byte; then 504, or the
///   answer is cut; zero for no such limit
public record ServiceTimeouts(
    Duration connect,
    Duration firstByte,
    Duration idle,
    Duration heal,
    Duration tunnel,
    Duration request) {

  /// The defaults: 1 s, 30 s, 60 s, 3 s, 1 h, and no limit to all of it.
  public static final ServiceTimeouts DEFAULT =
      new ServiceTimeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(3),
          Duration.ofHours(1),
          Duration.ZERO);

  public ServiceTimeouts withConnect(Duration connect) {
    return new ServiceTimeouts(connect, firstByte, idle, heal, tunnel, request);
  }

  public ServiceTimeouts withFirstByte(Duration firstByte) {
    return new ServiceTimeouts(connect, firstByte, idle, heal, tunnel, request);
  }

  public ServiceTimeouts withIdle(Duration idle) {
    return new ServiceTimeouts(connect, firstByte, idle, heal, tunnel, request);
  }

  public ServiceTimeouts withHeal(Duration heal) {
    return new ServiceTimeouts(connect, firstByte, idle, heal, tunnel, request);
  }

  public ServiceTimeouts withTunnel(Duration tunnel) {
    return new ServiceTimeouts(connect, firstByte, idle, heal, tunnel, request);
  }

  public ServiceTimeouts withRequest(Duration request) {
    return new ServiceTimeouts(connect, firstByte, idle, heal, tunnel, request);
  }
}
