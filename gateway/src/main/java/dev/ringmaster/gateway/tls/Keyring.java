package dev.ringmaster.gateway.tls;

import dev.ringmaster.gateway.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The identity in use. A virtual thread looks at the files and takes a new pair when they have
/// changed; one that cannot be used is logged once, and the old one stays.
public final class Keyring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);

  /// How often the files are looked at.
  public static final Duration LOOK = Duration.ofSeconds(1);

  /// What a change of a file changes.
  private record Mark(FileTime modified, long bytes) {
    private static final Mark MISSING = new Mark(FileTime.fromMillis(0), -1);

    static Mark of(Path file) {
      try {
        return new Mark(Files.getLastModifiedTime(file), Files.size(file));
      } catch (IOException e) {
        return MISSING;
      }
    }
  }

  private final TlsSettings settings;
  private final Provider provider;
  private final InstantSource clock;
  private final Handshakes handshakes = new Handshakes();
  private final Thread watcher;
  private volatile Identity identity;

  private Keyring(TlsSettings settings, Provider provider, InstantSource clock) throws Unusable {
    this.settings = settings;
    this.provider = provider;
    this.clock = clock;
    List<Mark> seen = marks();
    this.identity = Identity.load(settings, provider, clock.instant());
    this.watcher = Thread.ofVirtual().name("tls-files").unstarted(() -> watch(seen));
  }

  /// Reads the files and begins to watch them.
  ///
  /// @throws Unusable if they cannot be used now
  public static Keyring open(TlsSettings settings, Provider provider, InstantSource clock)
      throws Unusable {
    Keyring keyring = new Keyring(settings, provider, clock);
    keyring.watcher.start();
    LOG.info(
        "TLS by {}; the certificate in {} is valid until {}",
        provider.title(),
        settings.certificate(),
        keyring.identity.notAfter());
    return keyring;
  }

  /// What the next connection is shown.
  public Identity identity() {
    return identity;
  }

  /// The counts of handshakes with it.
  public Handshakes handshakes() {
    return handshakes;
  }

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    marks.add(Mark.of(settings.certificate()));
    marks.add(Mark.of(settings.key()));
    Path authorities = settings.clientCa();
    if (authorities != null) {
      marks.add(Mark.of(authorities));
    }
    return marks;
  }

  private void watch(List<Mark> first) {
    List<Mark> seen = first;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
      List<Mark> now = marks();
      if (!now.equals(seen)) {
        seen = now;
        reload();
      }
    }
  }

  /// Whatever stands in the files: a defect in reading them must not end the watch, since nobody
  /// would hear of the next certificate.
  private void reload() {
    try {
      identity = Identity.load(settings, provider, clock.instant());
      LOG.info(
          "The certificate in {} was reloaded; it is valid until {}",
          settings.certificate(),
          identity.notAfter());
    } catch (Unusable e) {
      LOG.error("The certificate stays what it was: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("The certificate stays what it was: its files cannot be read", e);
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
