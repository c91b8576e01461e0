package dev.ringmaster.gateway.trust;

/// Whether connections begin with a PROXY protocol header.
public enum ProxyProtocol {
  /// They do not; a header is a malformed request.
  OFF,
  /// Each does, and comes from a trusted proxy; any other is closed.
  REQUIRED
}
