package dev.ringmaster.gateway.key;

import dev.ringmaster.gateway.key.json.JsonPointer;
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
      "random, uri, path, client-address, header:NAME, cookie:NAME, query:NAME, body:/POINTER[:N]"
          + " or sticky:NAME";

  /// More characters than this of a value in a body are a mistake.
  private static final int MOST_CHARS = 1 << 20;

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

  /// Whether every request's key is in its head: no place is a body, or a cookie that is yet to be
  /// given.
  public boolean inHead() {
    for (KeySource source : sources) {
      if (source instanceof KeySource.Body || source instanceof KeySource.Sticky) {
        return false;
      }
    }
    return true;
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
          case "body" -> body(text, name);
          case "sticky" -> new KeySource.Sticky(token(text, name));
          default -> throw new IllegalArgumentException("key '" + text + "': expected " + FORMS);
        };
    if (colon >= 0 && !named(source)) {
      throw new IllegalArgumentException("key '" + text + "': '" + kind + "' takes no name");
    }
    return source;
  }

  private static boolean alwaysThere(KeySource source) {
    return source instanceof KeySource.Sticky || !named(source);
  }

  private static boolean named(KeySource source) {
    return switch (source) {
      case KeySource.Random _, KeySource.Uri _, KeySource.Path _, KeySource.ClientAddress _ ->
          false;
      case KeySource.Header _,
          KeySource.Cookie _,
          KeySource.Query _,
          KeySource.Body _,
          KeySource.Sticky _ ->
          true;
    };
  }

  /// A pointer, and behind the last colon perhaps how many characters count.
  private static KeySource body(String text, String rest) {
    int colon = rest.lastIndexOf(':');
    String digits = rest.substring(colon + 1);
    boolean counted =
        colon >= 0 && !digits.isEmpty() && digits.chars().allMatch(Character::isDigit);
    try {
      JsonPointer pointer = JsonPointer.parse(counted ? rest.substring(0, colon) : rest);
      return new KeySource.Body(pointer, counted ? chars(digits) : KeySource.Body.ALL);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("key '" + text + "': " + e.getMessage(), e);
    }
  }

  private static int chars(String digits) {
    int chars = digits.length() > 7 ? 0 : Integer.parseInt(digits);
    if (chars < 1 || chars > MOST_CHARS) {
      throw new IllegalArgumentException("1 to " + MOST_CHARS + " characters can count");
    }
    return chars;
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
