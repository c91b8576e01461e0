package dev.ringmaster.gateway.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/// Which library does TLS: OpenSSL (BoringSSL, linked into Netty's) where it loads, else the JDK's.
public enum Provider {
  OPENSSL("OpenSSL", SslProvider.OPENSSL),
  JDK("the JDK", SslProvider.JDK);

  private final String title;
  private final SslProvider netty;

  Provider(String title, SslProvider netty) {
    this.title = title;
    this.netty = netty;
  }

  /// The one that works here.
  public static Provider best() {
    return OpenSsl.isAvailable() ? OPENSSL : JDK;
  }

  /// For logs.
  public String title() {
    return title;
  }

  SslProvider netty() {
    return netty;
  }
}
