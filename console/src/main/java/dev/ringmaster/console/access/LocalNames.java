package dev.ringmaster.console.access;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The host names by which a client on this machine may ask.
///
/// A page from elsewhere whose DNS name was made to point here (DNS rebinding) still sends its own
/// name in `Host`, and is told apart by it.
final class LocalNames {
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private LocalNames() {}

  /// Whether a Host header names this machine's loopback or one of the names given.
  static boolean covers(String hostHeader, Set<String> more) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || LOOPBACK_V4.matcher(host).matches()
        || more.contains(host);
  }

  private static String withoutPort(String hostHeader) {
    String host = hostHeader.strip();
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
