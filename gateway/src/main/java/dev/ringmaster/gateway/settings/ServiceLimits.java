package dev.ringmaster.gateway.settings;

/// The bounds on what a service may make the data plane hold.
///
/// @param idlePerReplica connections to one replica that one event loop keeps open unused
/// @param waitingPerLoop requests that one event loop lets wait for a replica; more are answered
///   503
/// @param maxBodyBytes the largest body of a request, without its framing; a larger one is answered
///   413
/// @param bodyKeyBytes of a request's body that are read, and held, until its key is found
public record ServiceLimits(
    int idlePerReplica, int waitingPerLoop, long maxBodyBytes, int bodyKeyBytes) {

  /// For [#maxBodyBytes]: bodies of any size.
  public static final long ANY_SIZE = Long.MAX_VALUE;

  /// The most that may be set for keys in bodies: a request that is read may hold so much.
  public static final int MOST_BODY_KEY_BYTES = 1 << 20;

  /// 256 kept for each replica, 4,096 waiting, bodies of any size, keys within 64 KiB.
  public static final ServiceLimits DEFAULT = new ServiceLimits(256, 4_096, ANY_SIZE, 64 << 10);

  public ServiceLimits {
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("largest body " + maxBodyBytes + " is below 0");
    }
    if (bodyKeyBytes < 1 || bodyKeyBytes > MOST_BODY_KEY_BYTES) {
      throw new IllegalArgumentException(
          "body key bytes " + bodyKeyBytes + " is not 1 to " + MOST_BODY_KEY_BYTES);
    }
  }

  public ServiceLimits withMaxBodyBytes(long maxBodyBytes) {
    return new ServiceLimits(idlePerReplica, waitingPerLoop, maxBodyBytes, bodyKeyBytes);
  }

  public ServiceLimits withBodyKeyBytes(int bytes) {
    return new ServiceLimits(idlePerReplica, waitingPerLoop, maxBodyBytes, bytes);
  }
}
