package dev.ringmaster.gateway.settings;

import java.time.Duration;

/// How long the data plane waits. Every wait it does is one of these; each is kept with a grain of
/// a tenth of a second.
///
/// @param connect for a connection to a replica to stand; then the next candidate, at last 502
/// @param firstByte from the request's last byte to the answer's first; then 504
/// @param idle for the next bytes of a body, and for the next request of a kept connection
/// @param head from a request's first byte to the end of its head; then 408
/// @param heal for a replica to serve again when none is left to try; then 503, or the last failure
/// @param drain for exchanges in flight to end when the gateway closes
public record Timeouts(
    Duration connect,
    Duration firstByte,
    Duration idle,
    Duration head,
    Duration heal,
    Duration drain) {

  /// The defaults: 1 s, 30 s, 60 s, 10 s, 3 s, 30 s.
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30));

  public Timeouts withConnect(Duration connect) {
    return new Timeouts(connect, firstByte, idle, head, heal, drain);
  }

  public Timeouts withFirstByte(Duration firstByte) {
    return new Timeouts(connect, firstByte, idle, head, heal, drain);
  }

  public Timeouts withIdle(Duration idle) {
    return new Timeouts(connect, firstByte, idle, head, heal, drain);
  }

  public Timeouts withHead(Duration head) {
    return new Timeouts(connect, firstByte, idle, head, heal, drain);
  }

  public Timeouts withHeal(Duration heal) {
    return new Timeouts(connect, firstByte, idle, head, heal, drain);
  }

  public Timeouts withDrain(Duration drain) {
    return new Timeouts(connect, firstByte, idle, head, heal, drain);
  }
}
