package dev.ringmaster.gateway.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Certificates and keys as PEM files, made for one test.
public final class Certs {
  private Certs() {}

  /// A certificate authority.
  public static X509Bundle authority(String name) throws Exception {
    return builder(name).setIsCertificateAuthority(true).buildSelfSigned();
  }

  /// A certificate for `localhost` that an authority vouches for, or itself if that is null.
  public static X509Bundle forLocalhost(@Nullable X509Bundle authority) throws Exception {
    CertificateBuilder builder =
        builder("localhost").addSanDnsName("localhost").addSanIpAddress("127.0.0.1");
    return authority == null
        ? builder.setIsCertificateAuthority(true).buildSelfSigned()
        : builder.buildIssuedBy(authority);
  }

  /// A certificate for `localhost` that was valid or will be.
  public static X509Bundle valid(Instant from, Instant to) throws Exception {
    return builder("localhost")
        .addSanDnsName("localhost")
        .notBefore(from)
        .notAfter(to)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static CertificateBuilder builder(String name) {
    Instant now = Instant.now();
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .notBefore(now.minus(Duration.ofHours(1)))
        .notAfter(now.plus(Duration.ofDays(30)));
  }

  /// Writes the chain to a file.
  public static Path chain(Path directory, String file, X509Bundle bundle) throws Exception {
    return Files.writeString(directory.resolve(file), bundle.getCertificatePathPEM());
  }

  /// Writes the key to a file.
  public static Path key(Path directory, String file, X509Bundle bundle) throws Exception {
    return Files.writeString(directory.resolve(file), bundle.getPrivateKeyPEM());
  }
}
