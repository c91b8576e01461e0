package dev.ringmaster.gateway.trust;

import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What X-Forwarded-For, -Proto and -Host of a trusted proxy say.
///
/// The list is walked from its right end, where the nearest proxy wrote, to the first address that
/// is not trusted: that is the client. What stands left of it was claimed by the client, and what
/// is not an address may have been; both are left out.
final class XForwarded {
  private XForwarded() {}

  static Hops read(RequestHead head, InetAddress peer, TrustedProxies proxies) {
    List<InetAddress> nearestFirst = new ArrayList<>();
    nearestFirst.add(peer);
    boolean on = true;
    for (int line = head.headerCount() - 1; line >= 0 && on; line--) {
      on =
          head.known(line) != KnownHeader.X_FORWARDED_FOR
              || walk(head.valueText(line), proxies, nearestFirst);
    }
    String scheme = scheme(head);
    String host = host(head);
    List<InetAddress> addresses = nearestFirst.reversed();
    return new Hops(List.copyOf(addresses), elements(addresses, scheme, host), scheme, host);
  }

  /// Walks one line; true if the walk goes on at the line before.
  private static boolean walk(String list, TrustedProxies proxies, List<InetAddress> hops) {
    int to = list.length();
    while (to >= 0) {
      int from = list.lastIndexOf(',', to - 1) + 1;
      InetAddress hop = Address.node(list.substring(from, to).strip());
      if (hop == null || hops.size() == Hops.MOST) {
        return false;
      }
      hops.add(hop);
      if (!proxies.trust(hop)) {
        return false;
      }
      to = from - 1;
    }
    return true;
  }

  private static List<String> elements(
      List<InetAddress> addresses, @Nullable String scheme, @Nullable String host) {
    List<String> elements = new ArrayList<>();
    for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
      StringBuilder element = new StringBuilder("for=").append(Hops.node(address));
      if (elements.isEmpty() && host != null) {
        element.append(";host=\"").append(host).append('"');
      }
      if (elements.isEmpty() && scheme != null) {
        element.append(";proto=").append(scheme);
      }
      elements.add(element.toString());
    }
    return elements;
  }

  private static @Nullable String scheme(RequestHead head) {
    String said = only(head, KnownHeader.X_FORWARDED_PROTO);
    return said == null ? null : schemeOf(said);
  }

  private static @Nullable String host(RequestHead head) {
    String said = only(head, KnownHeader.X_FORWARDED_HOST);
    return said == null || !RequestHead.isAuthority(said) ? null : said;
  }

  /// `http` or `https` in whatever case, or null.
  static @Nullable String schemeOf(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.equals("http") || lower.equals("https") ? lower : null;
  }

  /// The value of a header that is there once.
  private static @Nullable String only(RequestHead head, KnownHeader header) {
    int line = head.find(header);
    boolean once = line >= 0 && head.next(header, line) < 0;
    return once ? head.valueText(line) : null;
  }
}
