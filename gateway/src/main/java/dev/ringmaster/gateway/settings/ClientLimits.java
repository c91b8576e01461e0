package dev.ringmaster.gateway.settings;

/// The bounds on what clients may make the data plane hold.
///
/// @param connectionsPerLoop client connections that one event loop serves; more are closed at once
public record ClientLimits(int connectionsPerLoop) {

  /// 32,768 connections.
  public static final ClientLimits DEFAULT = new ClientLimits(32_768);
}
