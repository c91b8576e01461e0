package dev.ringmaster.gateway.key;

import java.util.ArrayList;
import java.util.List;

/// Where a service's requests carry their key: places in order of preference. The first one that a
/// request has gives the key; if it has none of them, the key is drawn at random.
///
/// @param sources the places, at least one; only the last may be one that every request has
public record KeyRule(List<KeySource> sources) {

  /// The most places that one rule may name; more would be a mistake.
  public static final int MAX_SOURCES = 8;

  private static final String FORMS =
      "random, uri, path, client-address, header:NAME, cookie:NAME or query:NAME";

  public KeyRule {
    sources = List.copyOf(sources);
    if (sources.isEmpty() || sources.size() > MAX_SOURCES) {
      throw new IllegalArgumentException("a key rule names 1 to " + MAX_SOURCES + " places");
    }
    for (KeySource source : sources.subList(0, sources.size() - 1)) {
      if (alwaysThere(source)) {
        throw new IllegalArgumentException(
            "what follows '"
                + source.text()
                + "' in a key rule is never used, because every request has that: put it last");
      }
    }
  }

  /// Reads a rule as the flag `--key` takes it, such as `header:X-User,cookie:sid,random`.
  ///
  /// @throws IllegalArgumentException if it is none; the message says what was expected
  public static KeyRule parse(String text) {
    List<KeySource> sources = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      sources.add(source(part.strip()));
    }
    return new KeyRule(sources);
  }

  /// The form that [#parse] reads.
  public String text() {
    List<String> texts = new ArrayList<>();
    for (KeySource source : sources) {
      texts.add(source.text());
    }
    return String.join(",", texts);
  }

  private static KeySource source(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String name = colon < 0 ? "" : text.substring(colon + 1);
    KeySource source =
        switch (kind) {
          case "random" -> new KeySource.Random();
          case "uri" -> new KeySource.Uri();
          case "path" -> new KeySource.Path();
          case "client-address" -> new KeySource.ClientAddress();
          case "header" -> new KeySource.Header(token(text, name));
          case "cookie" -> new KeySource.Cookie(token(text, name));
          case "query" -> new KeySource.Query(parameter(text, name));
          case "body" ->
              throw new IllegalArgumentException(
                  "key '" + text + "': keys in the body are not read yet; use " + FORMS);
          default -> throw new IllegalArgumentException("key '" + text + "': expected " + FORMS);
        };
    if (alwaysThere(source) && colon >= 0) {
      throw new IllegalArgumentException("key '" + text + "': '" + kind + "' takes no name");
    }
    return source;
  }

  private static boolean alwaysThere(KeySource source) {
    return !(source instanceof KeySource.Header
        || source instanceof KeySource.Cookie
        || source instanceof KeySource.Query);
  }

  /// A header or cookie name: a token of RFC 9110, 5.6.2.
  private static String token(String text, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean ok =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
      if (!ok) {
        throw new IllegalArgumentException("key '" + text + "': '" + c + "' cannot be in a name");
      }
    }
    return named(text, name);
  }

  private static String parameter(String text, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || "&=#".indexOf(c) >= 0) {
        throw new IllegalArgumentException("key '" + text + "': '" + c + "' cannot be in a name");
      }
    }
    return named(text, name);
  }

  private static String named(String text, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "key '" + text + "': a name must follow, as in cookie:NAME");
    }
    return name;
  }
}
