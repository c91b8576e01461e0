package dev.ringmaster.console.command;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.console.command.Reading.Named;
import dev.ringmaster.console.command.Reading.Refused;
import dev.ringmaster.console.command.Reading.Resize;
import dev.ringmaster.ring.Roster;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the bodies of commands. What depends on the fleet (which names exist, how large N may be)
/// is the fleet's to judge; everything else is judged here, strictly: a number is an integer only
/// if it is written as one (`1.0` and `1e2` are not), and a member that no command has is refused,
/// because a misspelt `hostnames` in `/rm` would remove a replica at random.
final class BodyReader {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
  private static final String NAME_RULE =
      "1 to 63 letters, digits, '_', '.' or '-', the first a letter or digit";
  private static final String RESIZE_EXAMPLE = "{\"n\":2,\"hostnames\":[\"S4\",\"S5\"]}";
  private static final String NAMED_EXAMPLE = "{\"name\":\"S3\"}";

  /// More than any table has seats; below it the fleet's own limit decides.
  private static final int MAX_N = Roster.MAX_SEATS;

  private BodyReader() {}

  /// Reads `{"n":…,"hostnames":[…]}`.
  ///
  /// @param tooManyNames the reason given when there are more hostnames than n
  static Reading resize(String body, String tooManyNames) {
    return object(body, RESIZE_EXAMPLE, Set.of("n", "hostnames"), o -> resize(o, tooManyNames));
  }

  /// Reads `{"name":…}`.
  static Reading named(String body) {
    return object(body, NAMED_EXAMPLE, Set.of("name"), BodyReader::named);
  }

  private static Reading object(
      String body, String example, Set<String> members, Function<JsonNode, Reading> then) {
    String expected = "Expected a JSON object like " + example;
    JsonNode root;
    try {
      root = Json.read(body);
    } catch (JsonProcessingException notJson) {
      return new Refused(expected + "; the body is not JSON" + at(notJson));
    }
    if (root.isMissingNode()) {
      return new Refused(expected + "; the body is empty");
    }
    if (!root.isObject()) {
      return new Refused(expected + "; the body is another JSON value");
    }
    for (var member : root.properties()) {
      if (!members.contains(member.getKey())) {
        return new Refused(expected + "; it has no member " + shown(member.getKey()));
      }
    }
    return then.apply(root);
  }

  private static String at(JsonProcessingException notJson) {
    JsonLocation place = notJson.getLocation();
    return place == null
        ? ""
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  private static Reading resize(JsonNode root, String tooManyNames) {
    JsonNode n = root.path("n");
    if (!n.isIntegralNumber()) {
      return new Refused("n must be an integer from 1, as in " + RESIZE_EXAMPLE);
    }
    if (!n.canConvertToInt() || n.intValue() < 1 || n.intValue() > MAX_N) {
      return new Refused("n must be an integer from 1 to the limit of replicas");
    }
    JsonNode hostnames = root.path("hostnames");
    if (hostnames.isMissingNode() || hostnames.isNull()) {
      return new Resize(n.intValue(), List.of());
    }
    return resize(n.intValue(), hostnames, tooManyNames);
  }

  private static Reading resize(int n, JsonNode hostnames, String tooManyNames) {
    if (!hostnames.isArray()) {
      return new Refused("hostnames must be a list of strings, as in " + RESIZE_EXAMPLE);
    }
    for (JsonNode hostname : hostnames) {
      if (!hostname.isTextual()) {
        return new Refused("hostnames must be a list of strings, as in " + RESIZE_EXAMPLE);
      }
    }
    if (hostnames.size() > n) {
      return new Refused(tooManyNames);
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode hostname : hostnames) {
      String name = hostname.textValue();
      if (!NAME.matcher(name).matches()) {
        return new Refused("Hostname " + shown(name) + " is not valid: it must have " + NAME_RULE);
      }
      if (!names.add(name)) {
        return new Refused("Hostname " + shown(name) + " is given twice");
      }
    }
    return new Resize(n, new ArrayList<>(names));
  }

  private static Reading named(JsonNode root) {
    JsonNode name = root.path("name");
    if (!name.isTextual()) {
      return new Refused("name must be a string, as in " + NAMED_EXAMPLE);
    }
    String text = name.textValue();
    return NAME.matcher(text).matches()
        ? new Named(text)
        : new Refused("Name " + shown(text) + " is not valid: it must have " + NAME_RULE);
  }

  /// A client's text, cut so that an answer is never much longer than its question's name may be.
  private static String shown(String text) {
    int end = text.offsetByCodePoints(0, Math.min(63, text.codePointCount(0, text.length())));
    return end == text.length() ? "'" + text + "'" : "'" + text.substring(0, end) + "…'";
  }
}
