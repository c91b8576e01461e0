package dev.ringmaster.gateway.http1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a client prefers (RFC 7240): whether it wants to be answered before the work is done, and
/// the rest, which is not for a gateway.
///
/// ```
/// Prefer: preference ("," preference)*
/// preference = token [ "=" word ] ( ";" [ parameter ] )*       a word may be quoted
/// ```
///
/// @param respondAsync whether `respond-async` is among them (RFC 7240, 4.1)
/// @param others the others, as sent, separated by commas; without `wait`, which only says how long
///   before that; empty if there are none
public record Preferences(boolean respondAsync, String others) {
  private static final String RESPOND_ASYNC = "respond-async";
  private static final String WAIT = "wait";

  /// Those of a request.
  public static Preferences of(RequestHead head) {
    boolean async = false;
    List<String> others = new ArrayList<>();
    for (int line = head.find(KnownHeader.PREFER);
        line >= 0;
        line = head.next(KnownHeader.PREFER, line)) {
      for (String preference : split(head.valueText(line))) {
        String name = name(preference);
        async |= name.equals(RESPOND_ASYNC);
        if (!name.isEmpty() && !name.equals(RESPOND_ASYNC) && !name.equals(WAIT)) {
          others.add(preference);
        }
      }
    }
    return new Preferences(async, String.join(", ", others));
  }

  /// The parts between the commas that are not in quotes.
  private static List<String> split(String list) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        parts.add(list.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(list.substring(from).strip());
    return parts;
  }

  private static String name(String preference) {
    int end = 0;
    while (end < preference.length() && "=; \t".indexOf(preference.charAt(end)) < 0) {
      end++;
    }
    return preference.substring(0, end).toLowerCase(Locale.ROOT);
  }
}
