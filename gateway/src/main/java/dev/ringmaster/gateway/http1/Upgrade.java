package dev.ringmaster.gateway.http1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Changes of a connection's protocol (RFC 9110, section 7.8). Rare, so it works on strings.
public final class Upgrade {
  private Upgrade() {}

  /// Whether a request's offer is passed on to the replica.
  ///
  /// A server may ignore an offer, and ours does when it is made for one hop only (`h2c` and other
  /// versions of HTTP), is not a list of protocols, or comes with `Expect: 100-continue`.
  public static boolean passesOn(RequestHead head) {
    if (!head.upgrades() || head.expectContinue()) {
      return false;
    }
    List<String> offered = protocols(head);
    for (String protocol : offered) {
      if (protocol.equals("h2c") || protocol.startsWith("http/") || !wellFormed(protocol)) {
        return false;
      }
    }
    return !offered.isEmpty();
  }

  /// Whether a 101 takes up the offer: with `Connection: upgrade`, and nothing that was not
  /// offered.
  public static boolean accepts(ResponseHead answer, RequestHead offer) {
    List<String> taken = answer.upgrades() ? protocols(answer) : List.of();
    return !taken.isEmpty() && protocols(offer).containsAll(taken);
  }

  private static List<String> protocols(Head head) {
    List<String> protocols = new ArrayList<>();
    int line = head.find(KnownHeader.UPGRADE);
    for (; line >= 0; line = head.next(KnownHeader.UPGRADE, line)) {
      for (String element : head.valueText(line).split(",", -1)) {
        String protocol = element.strip().toLowerCase(Locale.ROOT);
        if (!protocol.isEmpty()) {
          protocols.add(protocol);
        }
      }
    }
    return protocols;
  }

  /// A token, or two with a slash between them.
  private static boolean wellFormed(String protocol) {
    int slash = protocol.indexOf('/');
    return slash < 0
        ? token(protocol)
        : token(protocol.substring(0, slash)) && token(protocol.substring(slash + 1));
  }

  private static boolean token(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F || !Octets.is((byte) text.charAt(i), Octets.TOKEN)) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
