package dev.ringmaster.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.gateway.settings.TlsSettings;
import dev.ringmaster.gateway.testing.Certs;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the files of a certificate and its key may be, and what is said of others.
class IdentityTest {
  private final Instant now = Instant.now();

  @TempDir Path directory;

  private TlsSettings settings(Path certificate, Path key) {
    return TlsSettings.at(new InetSocketAddress(0), certificate, key);
  }

  private Identity load(Path certificate, Path key) throws Unusable {
    return Identity.load(settings(certificate, key), Provider.JDK, now);
  }

  private void refused(Path certificate, Path key, String... texts) {
    assertThatThrownBy(() -> load(certificate, key))
        .isInstanceOf(Unusable.class)
        .hasMessageContainingAll(texts);
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aPairIsTakenByBothLibraries(Provider provider) throws Exception {
    X509Bundle bundle = Certs.forLocalhost(Certs.authority("us"));
    TlsSettings settings =
        settings(Certs.chain(directory, "c.pem", bundle), Certs.key(directory, "k.pem", bundle));
    Identity identity = Identity.load(settings, provider, now);
    assertThat(identity.notAfter()).isEqualTo(bundle.getCertificate().getNotAfter().toInstant());
  }

  @Test
  void theKeyMustBeThatOfTheCertificate() throws Exception {
    Path certificate = Certs.chain(directory, "c.pem", Certs.forLocalhost(null));
    Path key = Certs.key(directory, "k.pem", Certs.forLocalhost(null));
    refused(certificate, key, "k.pem is not that of the certificate in", "c.pem");
  }

  @Test
  void anExpiredCertificateIsNamedWithItsDate() throws Exception {
    Instant end = now.minusSeconds(3_600);
    X509Bundle bundle = Certs.valid(now.minusSeconds(7_200), end);
    Path certificate = Certs.chain(directory, "c.pem", bundle);
    String date = end.toString().substring(0, 16);
    refused(certificate, Certs.key(directory, "k.pem", bundle), "c.pem", "expired at " + date);
  }

  @Test
  void aCertificateThatIsNotYetValidIsNamedWithItsDate() throws Exception {
    Instant begin = now.plusSeconds(3_600);
    X509Bundle bundle = Certs.valid(begin, now.plusSeconds(7_200));
    Path certificate = Certs.chain(directory, "c.pem", bundle);
    String date = begin.toString().substring(0, 16);
    refused(certificate, Certs.key(directory, "k.pem", bundle), "not valid before " + date);
  }

  @Test
  void filesThatAreNotWhatTheyShouldBeAreNamed() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    Path certificate = Certs.chain(directory, "c.pem", bundle);
    Path key = Certs.key(directory, "k.pem", bundle);
    refused(directory.resolve("none.pem"), key, "none.pem does not exist");
    refused(file("text", "hello"), key, "text is not a PEM file", "BEGIN CERTIFICATE");
    refused(key, key, "k.pem has no certificate", "BEGIN CERTIFICATE");
    refused(certificate, certificate, "c.pem has no private key", "BEGIN PRIVATE KEY");
    Path broken = file("b.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    refused(broken, key, "b.pem has a certificate that is none");
    Path strange = file("s.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    refused(certificate, strange, "s.pem has a private key of no known kind");
  }

  @Test
  void anEncryptedKeyIsRefusedAsSuch() throws Exception {
    Path certificate = Certs.chain(directory, "c.pem", Certs.forLocalhost(null));
    String label = "ENCRYPTED PRIVATE KEY";
    Path key = file("k.pem", "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n");
    refused(certificate, key, "k.pem has an encrypted key", "without a password");
  }

  @Test
  void theOlderFormOfRsaKeysIsRead() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    // The key of PKCS#1 is the last element of PKCS#8, behind 26 bytes.
    Path key = pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
    assertThat(PrivateKeys.match(PrivateKeys.read(key), pair.getPublic())).isTrue();
  }

  @Test
  void theOlderFormOfCurveKeysIsRead() throws Exception {
    X509Bundle bundle = Certs.forLocalhost(null);
    byte[] sec1 =
        PrivateKeyInfo.getInstance(bundle.getKeyPair().getPrivate().getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    var parsed = ECPrivateKey.getInstance(sec1);
    var curve = new ECPrivateKey(256, parsed.getKey(), SECObjectIdentifiers.secp256r1);
    Path key = pem("EC PRIVATE KEY", curve.getEncoded());
    assertThat(PrivateKeys.match(PrivateKeys.read(key), bundle.getKeyPair().getPublic())).isTrue();
  }

  /// Hexadecimal DER of keys that end too soon, or whose lengths go round, below zero or beyond the
  /// end.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3000",
        "3080",
        "3081",
        "30020101",
        "30050201010404",
        "3084ffffffff",
        "3006020101a080",
        "3008020184fffffffa01",
        "300ba089ffffffffffffffffff",
        "3009020101a00a06082a8648"
      })
  void aCurveKeyThatIsCutShortIsRefused(String hex) throws Exception {
    Path certificate = Certs.chain(directory, "c.pem", Certs.forLocalhost(null));
    Path key = pem("EC PRIVATE KEY", HexFormat.of().parseHex(hex));
    refused(certificate, key, "k.pem has a private key of no known kind");
  }

  private Path pem(String label, byte[] der) throws Exception {
    String text = Base64.getMimeEncoder().encodeToString(der);
    String end = "-----END " + label + "-----\n";
    Path file = file("k.pem", "-----BEGIN " + label + "-----\n" + text + "\n" + end);
    assertThat(Files.readString(file, StandardCharsets.US_ASCII)).contains(label);
    return file;
  }
}
