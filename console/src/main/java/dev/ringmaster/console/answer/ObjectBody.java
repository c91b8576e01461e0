package dev.ringmaster.console.answer;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// A body that is to be a JSON object.
public sealed interface ObjectBody {

  /// It is one, with none but the members expected.
  record Members(JsonNode node) implements ObjectBody {}

  /// It is something else; the reason says what was expected.
  record Other(String reason) implements ObjectBody {}

  /// Reads it.
  ///
  /// @param example of what is expected, for the reason
  /// @param members those that it may have
  static ObjectBody of(String body, String example, Set<String> members) {
    String expected = "Expected a JSON object like " + example;
    JsonNode root;
    try {
      root = Json.read(body);
    } catch (JsonProcessingException notJson) {
      return new Other(expected + "; the body is not such JSON" + at(notJson));
    }
    if (root.isMissingNode()) {
      return new Other(expected + "; the body is empty");
    }
    if (!root.isObject()) {
      return new Other(expected + "; the body is another JSON value");
    }
    for (var member : root.properties()) {
      if (!members.contains(member.getKey())) {
        return new Other(expected + "; it has no member " + shown(member.getKey()));
      }
    }
    return new Members(root);
  }

  private static String at(JsonProcessingException notJson) {
    JsonLocation place = notJson.getLocation();
    return place == null
        ? ""
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  /// A client's text, cut so that an answer is never much longer than its question's name may be.
  static String shown(String text) {
    int end = text.offsetByCodePoints(0, Math.min(63, text.codePointCount(0, text.length())));
    return end == text.length() ? "'" + text + "'" : "'" + text.substring(0, end) + "…'";
  }
}
