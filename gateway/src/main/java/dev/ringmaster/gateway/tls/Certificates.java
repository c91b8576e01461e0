package dev.ringmaster.gateway.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Certificates from a file.
final class Certificates {
  private static final String EXPECTED = "-----BEGIN CERTIFICATE-----";

  private Certificates() {}

  /// All certificates of a file, at least one.
  static List<X509Certificate> read(Path file) throws Unusable {
    List<X509Certificate> all = new ArrayList<>();
    for (Pem.Block block : Pem.read(file, EXPECTED).blocks()) {
      if (block.label().equals("CERTIFICATE")) {
        all.add(parse(file, block));
      }
    }
    if (all.isEmpty()) {
      throw new Unusable(file + " has no certificate: expected " + EXPECTED);
    }
    return List.copyOf(all);
  }

  private static X509Certificate parse(Path file, Pem.Block block) throws Unusable {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new Unusable(file + " has a certificate that is none: " + e.getMessage(), e);
    }
  }

  /// Refuses a certificate out of its time.
  static void checkTime(Path file, X509Certificate certificate, Instant now) throws Unusable {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    String subject = certificate.getSubjectX500Principal().getName();
    if (now.isAfter(to)) {
      throw new Unusable(file + ": the certificate of " + subject + " expired at " + to);
    }
    if (now.isBefore(from)) {
      throw new Unusable(file + ": the certificate of " + subject + " is not valid before " + from);
    }
  }
}
