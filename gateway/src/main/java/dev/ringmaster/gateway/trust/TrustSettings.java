package dev.ringmaster.gateway.trust;

/// Whose word about a client is taken.
///
/// @param proxies who is believed
/// @param forwarded whether RFC 7239's `Forwarded` is read and written beside X-Forwarded-*
/// @param proxyProtocol whether connections begin with a PROXY protocol header
public record TrustSettings(
    TrustedProxies proxies, ForwardedHeader forwarded, ProxyProtocol proxyProtocol) {

  /// Nobody is believed, X-Forwarded-* are written, no PROXY protocol.
  public static final TrustSettings DEFAULT =
      new TrustSettings(TrustedProxies.NONE, ForwardedHeader.OFF, ProxyProtocol.OFF);

  public TrustSettings {
    if (proxyProtocol == ProxyProtocol.REQUIRED && proxies.none()) {
      throw new IllegalArgumentException("the PROXY protocol needs trusted proxies");
    }
  }
}
