package dev.ringmaster.gateway.trust;

import dev.ringmaster.gateway.http1.RequestHead;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One element of a `Forwarded` list: `for=…;proto=…;host=…;by=…` in any order.
///
/// @param text as it came
/// @param address whom it is about, null if that is `unknown` or an obfuscated name
/// @param scheme `http`, `https` or null
/// @param host a host with or without a port, or null
record ForwardedElement(
    String text, @Nullable InetAddress address, @Nullable String scheme, @Nullable String host) {

  /// Longer than any element with addresses and a host name.
  private static final int LONGEST = 512;

  /// A parameter: a token, or a quoted string without backslashes, which no node or host needs.
  private static final Pattern PAIR =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+)="
              + "(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|\"([ !#-\\[\\]-~]*)\")(?:;|$)");

  private static final Pattern HIDDEN = Pattern.compile("unknown|_[A-Za-z0-9._-]+");

  /// The element that the text is, or null if it is none, says something twice, or does not say
  /// whom it is about.
  static @Nullable ForwardedElement parse(String text) {
    Map<String, String> pairs = text.length() > LONGEST ? Map.of() : pairs(text);
    String node = pairs.get("for");
    if (node == null) {
      return null;
    }
    boolean hidden = HIDDEN.matcher(node.toLowerCase(Locale.ROOT)).matches();
    InetAddress address = hidden ? null : Address.node(node);
    if (!hidden && address == null) {
      return null;
    }
    String scheme = pairs.get("proto");
    String host = pairs.get("host");
    return new ForwardedElement(
        text,
        address,
        scheme == null ? null : XForwarded.schemeOf(scheme),
        host != null && RequestHead.isAuthority(host) ? host : null);
  }

  /// The parameters by lower-case name; empty if the text is not a list of them.
  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    Matcher pair = PAIR.matcher(text);
    int at = 0;
    while (at < text.length() && pair.region(at, text.length()).lookingAt()) {
      String token = pair.group(2);
      String value = token == null ? pair.group(3) : token;
      if (pairs.put(pair.group(1).toLowerCase(Locale.ROOT), value) != null) {
        return Map.of();
      }
      at = pair.end();
    }
    return at == text.length() && !text.endsWith(";") ? pairs : Map.of();
  }
}
