package dev.ringmaster.gateway.http1;

import java.nio.charset.StandardCharsets;

/// What the gateway tells replicas about the client of a connection; made once for a connection.
public final class Forwarding {
  /// What becomes of X-Forwarded-* and Forwarded lines that the client sent.
  public enum Trust {
    /// They are dropped and replaced: the client is not a proxy that we know.
    REPLACE,
    /// They are kept, and X-Forwarded-For is extended by the client's address.
    EXTEND
  }

  private final Trust trust;
  private final byte[] client;
  private final byte[] scheme;
  private final byte[] fallbackHost;

  /// What replicas shall know.
  ///
  /// @param clientAddress the peer's address as a literal, without a port
  /// @param scheme `http` or `https`, as the client reached us
  /// @param fallbackHost the Host for HTTP/1.0 requests that have none: our own host and port
  /// @throws IllegalArgumentException if one could not stand in a header
  public Forwarding(Trust trust, String clientAddress, String scheme, String fallbackHost) {
    this.trust = trust;
    client = visible(clientAddress);
    this.scheme = visible(scheme);
    this.fallbackHost = visible(fallbackHost);
  }

  private static byte[] visible(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    for (byte b : ascii) {
      if (b <= ' ' || b == 0x7F) {
        throw new IllegalArgumentException("not a header value: " + text.strip());
      }
    }
    return ascii;
  }

  Trust trust() {
    return trust;
  }

  byte[] client() {
    return client;
  }

  byte[] scheme() {
    return scheme;
  }

  byte[] fallbackHost() {
    return fallbackHost;
  }
}
