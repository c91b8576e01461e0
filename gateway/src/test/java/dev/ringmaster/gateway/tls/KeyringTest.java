package dev.ringmaster.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.TlsSettings;
import dev.ringmaster.gateway.testing.Certs;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The watch over a certificate's files goes on, whatever was found in them.
class KeyringTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /// The time of day, which is asked for once in each reading of the files.
  private static final class Clock implements InstantSource {
    final AtomicInteger asked = new AtomicInteger();
    volatile int breaksAt = -1;

    @Override
    public Instant instant() {
      if (asked.incrementAndGet() == breaksAt) {
        throw new IllegalStateException("a defect");
      }
      return Instant.now();
    }
  }

  @TempDir Path directory;
  private final Clock clock = new Clock();
  private Path key = Path.of("");
  private Path chain = Path.of("");

  @BeforeEach
  void first() throws Exception {
    write(Certs.forLocalhost(null));
  }

  private void write(X509Bundle bundle) throws Exception {
    key = Certs.key(directory, "k.pem", bundle);
    chain = Certs.chain(directory, "c.pem", bundle);
  }

  private Keyring open() throws Unusable {
    TlsSettings settings = TlsSettings.at(new InetSocketAddress(0), chain, key);
    return Keyring.open(settings, Provider.JDK, clock);
  }

  private void awaitReadings(int readings) {
    await().atMost(LONG).until(() -> clock.asked.get() >= readings);
  }

  private void awaitAnotherThan(Keyring keyring, Identity before) {
    await().atMost(LONG).until(() -> !keyring.identity().equals(before));
  }

  @Test
  void aPairThatCannotBeReadIsFollowedByOneThatCan() throws Exception {
    try (Keyring keyring = open()) {
      Identity before = keyring.identity();
      Files.writeString(
          key, "-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----\n");
      awaitReadings(2);
      assertThat(keyring.identity()).isSameAs(before);
      write(Certs.forLocalhost(null));
      awaitAnotherThan(keyring, before);
    }
  }

  @Test
  void aDefectInTheReadingDoesNotEndTheWatch() throws Exception {
    clock.breaksAt = 2;
    try (Keyring keyring = open()) {
      Identity before = keyring.identity();
      Files.writeString(key, Files.readString(key) + "\n");
      awaitReadings(2);
      write(Certs.forLocalhost(null));
      awaitAnotherThan(keyring, before);
    }
  }
}
