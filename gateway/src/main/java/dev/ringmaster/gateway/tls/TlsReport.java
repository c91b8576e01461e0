package dev.ringmaster.gateway.tls;

import java.time.Instant;

/// What TLS towards clients has come to.
///
/// @param handshakes counts since the start
/// @param notAfter when the certificate in use expires
public record TlsReport(Handshakes.Totals handshakes, Instant notAfter) {
  /// Of a keyring, now.
  public static TlsReport of(Keyring keyring) {
    return new TlsReport(keyring.handshakes().totals(), keyring.identity().notAfter());
  }
}
