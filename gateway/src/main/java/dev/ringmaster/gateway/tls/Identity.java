package dev.ringmaster.gateway.tls;

import dev.ringmaster.gateway.settings.TlsSettings;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;

/// What clients are shown, read from files and checked.
///
/// @param context makes the handlers of connections
/// @param notAfter when the first certificate of the chain expires
public record Identity(SslContext context, Instant notAfter) {
  private static final ApplicationProtocolConfig ALPN =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  /// Reads the files.
  ///
  /// @throws Unusable if a file is missing or no PEM file, the key is encrypted or of another
  ///   certificate, or a certificate of the chain is out of its time
  public static Identity load(TlsSettings settings, Provider provider, Instant now)
      throws Unusable {
    List<X509Certificate> chain = Certificates.read(settings.certificate());
    PrivateKey key = PrivateKeys.read(settings.key());
    if (!PrivateKeys.match(key, chain.getFirst().getPublicKey())) {
      throw new Unusable(
          "the key in "
              + settings.key()
              + " is not that of the certificate in "
              + settings.certificate()
              + ", which must be the first in its file");
    }
    for (X509Certificate certificate : chain) {
      Certificates.checkTime(settings.certificate(), certificate, now);
    }
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, chain)
            .sslProvider(provider.netty())
            .protocols(settings.versions())
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(ALPN)
            .clientAuth(rule(settings.clientAuth()));
    Path authorities = settings.clientCa();
    if (authorities != null) {
      builder.trustManager(Certificates.read(authorities));
    }
    return new Identity(built(builder, settings), expiry(chain));
  }

  private static SslContext built(SslContextBuilder builder, TlsSettings settings) throws Unusable {
    try {
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new Unusable(
          "TLS cannot use "
              + settings.certificate()
              + " and "
              + settings.key()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static ClientAuth rule(TlsSettings.ClientAuth rule) {
    return switch (rule) {
      case OFF -> ClientAuth.NONE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
      case REQUIRED -> ClientAuth.REQUIRE;
    };
  }

  private static Instant expiry(List<X509Certificate> chain) {
    Instant first = Instant.MAX;
    for (X509Certificate certificate : chain) {
      Instant end = certificate.getNotAfter().toInstant();
      first = end.isBefore(first) ? end : first;
    }
    return first;
  }
}
