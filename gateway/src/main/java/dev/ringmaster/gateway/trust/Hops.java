package dev.ringmaster.gateway.trust;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of a request as far as it is believed.
///
/// @param addresses the client first, then the proxies, the peer last
/// @param elements what a Forwarded line says of them, without the peer
/// @param scheme how the client reached the first proxy, null if nobody says so
/// @param host which host the client asked for, null if nobody says so
record Hops(
    List<InetAddress> addresses,
    List<String> elements,
    @Nullable String scheme,
    @Nullable String host) {

  /// More proxies in a row than an honest request passes; the walk ends there.
  static final int MOST = 16;

  InetAddress client() {
    return addresses.getFirst();
  }

  /// The value of X-Forwarded-For.
  String list() {
    StringBuilder list = new StringBuilder();
    for (InetAddress address : addresses) {
      list.append(list.isEmpty() ? "" : ", ").append(Address.text(address));
    }
    return list.toString();
  }

  /// An address as a Forwarded line has it: IPv6 in brackets and quotes (RFC 7239, section 6.1).
  static String node(InetAddress address) {
    String text = Address.text(address);
    return text.indexOf(':') < 0 ? text : "\"[" + text + "]\"";
  }
}
