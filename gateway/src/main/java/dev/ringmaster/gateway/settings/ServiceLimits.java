package dev.ringmaster.gateway.settings;

/// The bounds on what a service may make the data plane hold.
///
/// @param idlePerReplica connections to one replica that one event loop keeps open unused
/// @param waitingPerLoop requests that one event loop lets wait for a replica; more are answered
///   503
public record ServiceLimits(int idlePerReplica, int waitingPerLoop) {

  /// 256 kept for each replica, 4,096 waiting.
  public static final ServiceLimits DEFAULT = new ServiceLimits(256, 4_096);
}
