package dev.ringmaster.gateway.trust;

import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the `Forwarded` lines of a trusted proxy say (RFC 7239), walked as [XForwarded] walks.
///
/// The list is cut into elements from its right end. Cut from the left, a quote that a client left
/// open would swallow what an honest proxy appended.
final class Forwarded {
  private final RequestHead head;
  private final TrustedProxies proxies;
  private final List<InetAddress> nearestFirst = new ArrayList<>();
  private final List<String> elements = new ArrayList<>();
  private @Nullable ForwardedElement last;

  private Forwarded(RequestHead head, InetAddress peer, TrustedProxies proxies) {
    this.head = head;
    this.proxies = proxies;
    nearestFirst.add(peer);
  }

  static Hops read(RequestHead head, InetAddress peer, TrustedProxies proxies) {
    return new Forwarded(head, peer, proxies).hops();
  }

  private Hops hops() {
    boolean on = true;
    for (int line = head.headerCount() - 1; line >= 0 && on; line--) {
      on = head.known(line) != KnownHeader.FORWARDED || walk(head.valueText(line));
    }
    ForwardedElement first = last;
    return new Hops(
        List.copyOf(nearestFirst.reversed()),
        List.copyOf(elements.reversed()),
        first == null ? null : first.scheme(),
        first == null ? null : first.host());
  }

  private boolean walk(String list) {
    int to = list.length();
    while (to >= 0) {
      int from = elementFrom(list, to);
      ForwardedElement element = ForwardedElement.parse(list.substring(from, to).strip());
      if (element == null || elements.size() == Hops.MOST - 1) {
        return false;
      }
      elements.add(element.text());
      last = element;
      InetAddress hop = element.address();
      if (hop == null) {
        return false;
      }
      nearestFirst.add(hop);
      if (!proxies.trust(hop)) {
        return false;
      }
      to = from - 1;
    }
    return true;
  }

  /// Behind the last comma before `to` that no quotes enclose, or 0.
  private static int elementFrom(String list, int to) {
    boolean quoted = false;
    int from = to;
    while (from > 0 && (quoted || list.charAt(from - 1) != ',')) {
      from--;
      quoted ^= list.charAt(from) == '"';
    }
    return from;
  }
}
