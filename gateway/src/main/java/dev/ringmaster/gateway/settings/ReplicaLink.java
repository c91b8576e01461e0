package dev.ringmaster.gateway.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the replicas of a service are spoken to.
///
/// @param protocol which HTTP
/// @param trust whether by TLS, and what of the replica's certificate is checked
/// @param authorities PEM file of the authorities that vouch for replicas; null for those of the
///   JDK
/// @param serverName the name that the certificate must have; null for the replica's address
public record ReplicaLink(
    Protocol protocol, Trust trust, @Nullable Path authorities, @Nullable String serverName) {

  /// HTTP/1.1 over plain TCP.
  public static final ReplicaLink PLAIN = new ReplicaLink(Protocol.HTTP1, Trust.NO_TLS, null, null);

  /// Which HTTP is spoken.
  public enum Protocol {
    HTTP1,
    HTTP2
  }

  /// What is known of the replica at the other end.
  public enum Trust {
    /// Nothing: no TLS.
    NO_TLS,
    /// Its certificate is vouched for and has its name.
    VERIFIED,
    /// TLS with whoever answers.
    ANYONE
  }

  public ReplicaLink withProtocol(Protocol spoken) {
    return new ReplicaLink(spoken, trust, authorities, serverName);
  }

  public ReplicaLink withTrust(
      Trust asked, @Nullable Path vouching, @Nullable String expectedName) {
    return new ReplicaLink(protocol, asked, vouching, expectedName);
  }
}
