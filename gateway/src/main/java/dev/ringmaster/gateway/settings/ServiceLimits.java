package dev.ringmaster.gateway.settings;

/// The bounds on what a service may make the data plane hold.
///
/// @param idlePerReplica connections to one replica that one event loop keeps open unused
/// @param waitingPerLoop requests that one event loop lets wait for a replica; more are answered
///   503
/// @param maxBodyBytes the largest body of a request, without its framing; a larger one is answered
///   413
public record ServiceLimits(int idlePerReplica, int waitingPerLoop, long maxBodyBytes) {

  /// For [#maxBodyBytes]: bodies of any size.
  public static final long ANY_SIZE = Long.MAX_VALUE;

  /// 256 kept for each replica, 4,096 waiting, bodies of any size.
  public static final ServiceLimits DEFAULT = new ServiceLimits(256, 4_096, ANY_SIZE);

  public ServiceLimits {
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("largest body " + maxBodyBytes + " is below 0");
    }
  }

  public ServiceLimits withMaxBodyBytes(long maxBodyBytes) {
    return new ServiceLimits(idlePerReplica, waitingPerLoop, maxBodyBytes);
  }
}
