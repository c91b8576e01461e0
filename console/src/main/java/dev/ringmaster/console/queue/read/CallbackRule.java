package dev.ringmaster.console.queue.read;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Where results may be posted.
///
/// @param hosts in lower case: `hooks.example.com`, or `*.example.com` for all below it; a port may
///   follow, without one any port may be named
/// @param privateAddresses whether addresses of private networks may be called
public record CallbackRule(List<String> hosts, boolean privateAddresses) {
  /// Nowhere.
  public static final CallbackRule NONE = new CallbackRule(List.of(), false);

  /// A callback that the rule forbids; the message says why.
  public static final class Forbidden extends Exception {
    private static final long serialVersionUID = 1;

    Forbidden(String reason) {
      super(reason);
    }
  }

  public CallbackRule {
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /// Looks at a URL by its text alone; what its host resolves to is looked at when it is called.
  ///
  /// @throws IllegalArgumentException if it is no URL to post to
  public void check(String url) throws Forbidden {
    URI uri = uri(url);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (hosts.stream().noneMatch(allowed -> covers(allowed, host, uri.getPort()))) {
      throw new Forbidden("Results may not be posted to " + host + "; queue-callbacks lists where");
    }
    if (!privateAddresses && literalAndPrivate(host)) {
      throw new Forbidden("Results may not be posted to private addresses such as " + host);
    }
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("callback: expected a URL such as https://host/path", e);
    }
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("callback: expected a URL such as https://host/path");
    }
    return uri;
  }

  private static boolean covers(String allowed, String host, int port) {
    int colon = allowed.lastIndexOf(':');
    boolean withPort = colon > 0 && allowed.substring(colon + 1).matches("[0-9]{1,5}");
    if (withPort && port != Integer.parseInt(allowed.substring(colon + 1))) {
      return false;
    }
    String name = withPort ? allowed.substring(0, colon) : allowed;
    return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
  }

  private static boolean literalAndPrivate(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (bare.equals("localhost") || bare.endsWith(".localhost")) {
      return true;
    }
    try {
      return isPrivate(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  /// Whether an address is of this machine, of a private network, or otherwise not of the public
  /// internet: loopback, link-local, site-local, unique local (RFC 4193), shared (RFC 6598),
  /// multicast, unspecified.
  public static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || shared
        || thisNetwork;
  }
}
