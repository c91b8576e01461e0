package dev.ringmaster.gateway.route;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A condition on a header.
///
/// @param name in lower case
/// @param value what one of its lines must be, byte for byte; null if it must only be there
public record HeaderRule(String name, @Nullable String value) {

  public HeaderRule {
    name = name.toLowerCase(Locale.ROOT);
  }

  String text() {
    return "header " + name + (value == null ? "" : "=" + value);
  }
}
