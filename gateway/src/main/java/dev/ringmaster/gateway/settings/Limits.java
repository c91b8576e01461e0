package dev.ringmaster.gateway.settings;

/// The bounds on what peers may make the data plane hold.
///
/// @param connectionsPerLoop client connections that one event loop serves; more are closed at once
/// @param idlePerReplica connections to one replica that one event loop keeps open unused
/// @param waitingPerLoop requests that one event loop lets wait for a replica; more are answered
///   503
public record Limits(int connectionsPerLoop, int idlePerReplica, int waitingPerLoop) {

  /// 32,768 connections, 256 kept for each replica, 4,096 waiting.
  public static final Limits DEFAULT = new Limits(32_768, 256, 4_096);
}
