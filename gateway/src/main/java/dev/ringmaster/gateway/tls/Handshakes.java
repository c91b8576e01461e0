package dev.ringmaster.gateway.tls;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLHandshakeException;

/// Counts of handshakes; written by all event loops, which is seldom enough.
public final class Handshakes {
  /// Why a handshake failed.
  public enum Failure {
    /// The client took too long.
    TIMEOUT,
    /// The client showed no certificate, or one that is not trusted.
    CLIENT_CERTIFICATE,
    /// What came is no TLS, such as plain HTTP.
    NOT_TLS,
    /// The client closed the connection, perhaps because it does not trust our certificate.
    CLOSED,
    /// No common version or cipher, or a broken message.
    PROTOCOL;

    /// For logs and metrics.
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// What an exception of the TLS handler means; its kinds differ from library to library, so the
    /// message is looked at too.
    public static Failure of(Throwable cause) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("timed out")) {
        return TIMEOUT;
      }
      if (text.contains("not an ssl/tls record")) {
        return NOT_TLS;
      }
      if (aboutCertificate(text)) {
        return CLIENT_CERTIFICATE;
      }
      boolean protocol = cause instanceof SSLHandshakeException || text.contains("alert");
      return protocol ? PROTOCOL : CLOSED;
    }

    private static boolean aboutCertificate(String text) {
      return (text.contains("certificate") && !text.contains("received fatal alert"))
          || text.contains("certificate_required")
          || text.contains("certpath")
          || text.contains("empty client certificate chain");
    }
  }

  private final LongAdder done = new LongAdder();
  private final Map<Failure, LongAdder> failed = new EnumMap<>(Failure.class);

  /// No handshake yet.
  public Handshakes() {
    for (Failure failure : Failure.values()) {
      failed.put(failure, new LongAdder());
    }
  }

  /// One succeeded.
  public void done() {
    done.increment();
  }

  /// One failed.
  public void failed(Failure why) {
    LongAdder count = failed.get(why);
    if (count != null) {
      count.increment();
    }
  }

  /// The counts so far.
  public Totals totals() {
    Map<Failure, Long> counts = new EnumMap<>(Failure.class);
    failed.forEach((failure, count) -> counts.put(failure, count.sum()));
    return new Totals(done.sum(), counts);
  }

  /// Counts at one time.
  ///
  /// @param done handshakes that succeeded
  /// @param failed those that did not, by kind
  public record Totals(long done, Map<Failure, Long> failed) {}
}
