package dev.ringmaster.gateway.settings;

import java.time.Duration;

/// How long the data plane waits for clients. Each wait is kept with a grain of a tenth of a
/// second.
///
/// @param head from a request's first byte to the end of its head; then 408
/// @param idle for the next request of a kept connection; then it is closed
/// @param drain for exchanges in flight to end when the gateway closes
public record ClientTimeouts(Duration head, Duration idle, Duration drain) {

  /// The defaults: 10 s, 60 s, 30 s.
  public static final ClientTimeouts DEFAULT =
      new ClientTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));

  public ClientTimeouts withHead(Duration head) {
    return new ClientTimeouts(head, idle, drain);
  }

  public ClientTimeouts withIdle(Duration idle) {
    return new ClientTimeouts(head, idle, drain);
  }

  public ClientTimeouts withDrain(Duration drain) {
    return new ClientTimeouts(head, idle, drain);
  }
}
