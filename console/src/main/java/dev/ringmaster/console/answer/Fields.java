package dev.ringmaster.console.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The members of a JSON object, each read as what it should be. What is wrong is an
/// [IllegalArgumentException] whose message says what was expected.
public final class Fields {
  private final JsonNode node;

  private Fields(JsonNode node) {
    this.node = node;
  }

  /// Those of an object that is there already.
  public static Fields of(JsonNode object) {
    return new Fields(object);
  }

  /// Reads a body.
  ///
  /// @param example of what is expected
  /// @param members those that it may have
  public static Fields of(String body, String example, Set<String> members) {
    return switch (ObjectBody.of(body, example, members)) {
      case ObjectBody.Members(JsonNode node) -> new Fields(node);
      case ObjectBody.Other(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /// The same, and an empty body is an object without members.
  public static Fields orNone(String body, String example, Set<String> members) {
    return of(body.isBlank() ? "{}" : body, example, members);
  }

  private boolean lacks(String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull();
  }

  /// A whole number; empty if it is not given.
  public Optional<Integer> whole(String name, int least, int most) {
    if (lacks(name)) {
      return Optional.empty();
    }
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new IllegalArgumentException(
          name + ": expected a whole number from " + least + " to " + most + ", found " + value);
    }
    return Optional.of(value.intValue());
  }

  /// A whole number that must be given.
  public int needed(String name, int least, int most) {
    return whole(name, least, most)
        .orElseThrow(() ->
            new IllegalArgumentException(
                name + ": expected a whole number from " + least + " to " + most));
  }

  /// A time with its unit, or the fallback.
  public Duration time(String name, Duration fallback, Duration least, Duration most) {
    return text(name).map(text -> time(name, text, least, most)).orElse(fallback);
  }

  /// A time with its unit.
  ///
  /// @param name for messages
  public static Duration time(String name, String text, Duration least, Duration most) {
    Duration time;
    try {
      time = Times.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name
              + ": expected a time from "
              + Times.text(least)
              + " to "
              + Times.text(most)
              + ", found "
              + text);
    }
    return time;
  }

  /// A string; empty if it is not given.
  public Optional<String> text(String name) {
    if (lacks(name)) {
      return Optional.empty();
    }
    if (!node.path(name).isTextual()) {
      throw new IllegalArgumentException(name + ": expected a string");
    }
    return Optional.of(node.path(name).textValue());
  }

  /// A list of strings; none if it is not given.
  public List<String> texts(String name, int most) {
    List<String> texts = new ArrayList<>();
    if (lacks(name)) {
      return texts;
    }
    JsonNode list = node.path(name);
    if (!list.isArray() || list.size() > most) {
      throw new IllegalArgumentException(
          name + ": expected a list of at most " + most + " strings");
    }
    for (JsonNode element : list) {
      if (!element.isTextual()) {
        throw new IllegalArgumentException(name + ": expected strings in the list");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /// Whether it is given as true.
  public boolean flag(String name) {
    if (lacks(name)) {
      return false;
    }
    if (!node.path(name).isBoolean()) {
      throw new IllegalArgumentException(name + ": expected true or false");
    }
    return node.path(name).booleanValue();
  }

  /// A member as it is; missing or null if it is not given.
  public JsonNode raw(String name) {
    return node.path(name);
  }
}
