package dev.ringmaster.gateway.trust;

/// What becomes of `Forwarded` (RFC 7239).
public enum ForwardedHeader {
  /// It is dropped, whoever sent it: a proxy that only knows X-Forwarded-For lets it through.
  OFF,
  /// A trusted proxy's is believed, before its X-Forwarded-For, and replicas get one.
  ON
}
