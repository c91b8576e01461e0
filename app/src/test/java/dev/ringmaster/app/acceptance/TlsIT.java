package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The running program by TLS and by HTTP/2, with the native libraries of its jar.
class TlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  /// A new pair, as PEM files beside it; the one of before is overwritten.
  private KeyStore pair(String file) throws Exception {
    Path store = directory.resolve(file);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "us",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-validity",
                "30",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Key key = keys.getKey("us", PASSWORD);
    pem("chain.pem", "CERTIFICATE", keys.getCertificate("us").getEncoded());
    pem("key.pem", "PRIVATE KEY", key.getEncoded());
    return keys;
  }

  private void pem(String file, String label, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  private RunningRingmaster ringmaster() throws IOException {
    return RunningRingmaster.start(
        directory,
        "--tls-port",
        "0",
        "--tls-certificate",
        directory.resolve("chain.pem").toString(),
        "--tls-key",
        directory.resolve("key.pem").toString(),
        "--tls-redirect",
        "true");
  }

  private static HttpResponse<String> ask(URI uri, Version version, KeyStore trusted)
      throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("us", trusted.getCertificate("us"));
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).version(version).build()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void bothVersionsOfHttpAreServedByTlsAndThePlainPortRedirects() throws Exception {
    KeyStore keys = pair("keys.p12");
    try (RunningRingmaster ringmaster = ringmaster()) {
      for (Version version : Version.values()) {
        if (version == Version.HTTP_1_1 || version == Version.HTTP_2) {
          var answer = ask(ringmaster.tls().resolve("/home"), version, keys);
          assertThat(answer.version()).isEqualTo(version);
          assertThat(answer.body()).contains("Hello from Server");
        }
      }
      HttpResponse<String> plain = ringmaster.get("/home");
      assertThat(plain.statusCode()).isEqualTo(308);
      assertThat(plain.headers().firstValue("location").orElse(""))
          .endsWith(":" + ringmaster.tls().getPort() + "/home");
      assertThat(ringmaster.get("/rep").statusCode()).isEqualTo(200);
      assertThat(ringmaster.log()).contains("TLS by OpenSSL");
    }
  }

  @Test
  void priorKnowledgeOfHttp2IsRecognisedOnThePlainPort() throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory);
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), ringmaster.traffic().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
      byte[] frame = socket.getInputStream().readNBytes(9);
      assertThat(frame[3]).as("type of the first frame: SETTINGS").isEqualTo((byte) 4);
    }
  }

  @Test
  void aNewPairIsServedWithoutARestart() throws Exception {
    KeyStore first = pair("first.p12");
    try (RunningRingmaster ringmaster = ringmaster()) {
      URI home = ringmaster.tls().resolve("/home");
      assertThat(ask(home, Version.HTTP_2, first).statusCode()).isEqualTo(200);
      KeyStore second = pair("second.p12");
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .ignoreExceptions()
          .until(() -> ask(home, Version.HTTP_2, second).statusCode() == 200);
      assertThatThrownBy(() -> ask(home, Version.HTTP_2, first)).isInstanceOf(IOException.class);
    }
  }
}
