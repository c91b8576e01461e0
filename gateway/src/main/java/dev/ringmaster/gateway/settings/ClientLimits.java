package dev.ringmaster.gateway.settings;

import org.jspecify.annotations.Nullable;

/// The bounds on what clients may make the data plane hold and do. A client is an IPv4 address, or
/// the first 64 bits of an IPv6 address.
///
/// @param connectionsPerLoop client connections that one event loop serves; more are closed at once
/// @param connectionsPerClient connections of one client, over all event loops; more are closed at
///   once; 0 for no limit
/// @param requestsPerClient how often one client may ask, over all event loops; more requests are
///   answered 429; null for no limit
/// @param bodyBytesPerSecond how fast a request's body must come, over ten seconds; else 408; 0 for
///   no limit
public record ClientLimits(
    int connectionsPerLoop,
    int connectionsPerClient,
    @Nullable Rate requestsPerClient,
    int bodyBytesPerSecond) {

  /// 32,768 connections, no limit for one client, 240 bytes of a body a second.
  public static final ClientLimits DEFAULT = new ClientLimits(32_768, 0, null, 240);

  public ClientLimits {
    if (connectionsPerClient < 0) {
      throw new IllegalArgumentException(connectionsPerClient + " connections are below 0");
    }
  }

  public ClientLimits withConnectionsPerLoop(int connectionsPerLoop) {
    return new ClientLimits(
        connectionsPerLoop, connectionsPerClient, requestsPerClient, bodyBytesPerSecond);
  }

  public ClientLimits withConnectionsPerClient(int connectionsPerClient) {
    return new ClientLimits(
        connectionsPerLoop, connectionsPerClient, requestsPerClient, bodyBytesPerSecond);
  }

  public ClientLimits withRequestsPerClient(@Nullable Rate requestsPerClient) {
    return new ClientLimits(
        connectionsPerLoop, connectionsPerClient, requestsPerClient, bodyBytesPerSecond);
  }

  public ClientLimits withBodyBytesPerSecond(int bodyBytesPerSecond) {
    return new ClientLimits(
        connectionsPerLoop, connectionsPerClient, requestsPerClient, bodyBytesPerSecond);
  }

  /// Whether anything must be remembered of single clients.
  public boolean perClient() {
    return connectionsPerClient > 0 || requestsPerClient != null;
  }
}
