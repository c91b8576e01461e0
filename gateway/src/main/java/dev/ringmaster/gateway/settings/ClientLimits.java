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
public record ClientLimits(
    int connectionsPerLoop, int connectionsPerClient, @Nullable Rate requestsPerClient) {

  /// 32,768 connections, and no limit for one client.
  public static final ClientLimits DEFAULT = new ClientLimits(32_768, 0, null);

  public ClientLimits {
    if (connectionsPerClient < 0) {
      throw new IllegalArgumentException(connectionsPerClient + " connections are below 0");
    }
  }

  public ClientLimits withConnectionsPerLoop(int connectionsPerLoop) {
    return new ClientLimits(connectionsPerLoop, connectionsPerClient, requestsPerClient);
  }

  public ClientLimits withConnectionsPerClient(int connectionsPerClient) {
    return new ClientLimits(connectionsPerLoop, connectionsPerClient, requestsPerClient);
  }

  public ClientLimits withRequestsPerClient(@Nullable Rate requestsPerClient) {
    return new ClientLimits(connectionsPerLoop, connectionsPerClient, requestsPerClient);
  }

  /// Whether anything must be remembered of single clients.
  public boolean perClient() {
    return connectionsPerClient > 0 || requestsPerClient != null;
  }
}
