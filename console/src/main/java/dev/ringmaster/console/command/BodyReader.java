package dev.ringmaster.console.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.console.answer.ObjectBody;
import dev.ringmaster.console.command.Reading.Named;
import dev.ringmaster.console.command.Reading.OfNamed;
import dev.ringmaster.console.command.Reading.OfResize;
import dev.ringmaster.console.command.Reading.OfWeight;
import dev.ringmaster.console.command.Reading.Refused;
import dev.ringmaster.console.command.Reading.Resize;
import dev.ringmaster.console.command.Reading.Weighed;
import dev.ringmaster.ring.Roster;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
  private static final String WEIGHED_EXAMPLE = "{\"name\":\"S3\",\"weight\":0.5}";

  /// More than any table has seats; below it the fleet's own limit decides.
  private static final int MAX_N = Roster.MAX_SEATS;

  /// A DNS name of 253, a colon and a port fit.
  private static final int MAX_NAME = 259;

  private BodyReader() {}

  /// Reads `{"n":…,"hostnames":[…]}`.
  ///
  /// @param tooManyNames the reason given when there are more hostnames than n
  static OfResize resize(String body, String tooManyNames) {
    return switch (ObjectBody.of(body, RESIZE_EXAMPLE, Set.of("n", "hostnames"))) {
      case ObjectBody.Members(JsonNode root) -> resize(root, tooManyNames);
      case ObjectBody.Other(String reason) -> new Refused(reason);
    };
  }

  /// Reads `{"name":…}`.
  static OfNamed named(String body) {
    return switch (ObjectBody.of(body, NAMED_EXAMPLE, Set.of("name"))) {
      case ObjectBody.Members(JsonNode root) -> named(root);
      case ObjectBody.Other(String reason) -> new Refused(reason);
    };
  }

  /// Reads `{"name":…,"weight":…}`.
  static OfWeight weighed(String body) {
    return switch (ObjectBody.of(body, WEIGHED_EXAMPLE, Set.of("name", "weight"))) {
      case ObjectBody.Members(JsonNode root) -> weighed(root);
      case ObjectBody.Other(String reason) -> new Refused(reason);
    };
  }

  /// Reads an empty body or `{}`; null if it is that.
  static @Nullable Refused nothing(String body) {
    if (body.isBlank()) {
      return null;
    }
    return switch (ObjectBody.of(body, "{}", Set.of())) {
      case ObjectBody.Members _ -> null;
      case ObjectBody.Other(String reason) -> new Refused(reason);
    };
  }

  private static OfResize resize(JsonNode root, String tooManyNames) {
    JsonNode n = root.path("n");
    if (!n.isIntegralNumber()) {
      return new Refused("n must be an integer from 1, as in " + RESIZE_EXAMPLE);
    }
    if (!n.canConvertToInt() || n.intValue() < 1 || n.intValue() > MAX_N) {
      return new Refused(
          "n must be an integer from 1 to " + MAX_N + ", and no more than max-replicas allows");
    }
    JsonNode hostnames = root.path("hostnames");
    if (hostnames.isMissingNode() || hostnames.isNull()) {
      return new Resize(n.intValue(), List.of());
    }
    return resize(n.intValue(), hostnames, tooManyNames);
  }

  private static OfResize resize(int n, JsonNode hostnames, String tooManyNames) {
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
        return new Refused(
            "Hostname " + ObjectBody.shown(name) + " is not valid: it must have " + NAME_RULE);
      }
      if (!names.add(name)) {
        return new Refused("Hostname " + ObjectBody.shown(name) + " is given twice");
      }
    }
    return new Resize(n, new ArrayList<>(names));
  }

  /// A static target's name has a colon in it, so the rule of hostnames is not asked here; a name
  /// that no replica has is refused by the fleet.
  private static OfNamed named(JsonNode root) {
    JsonNode name = root.path("name");
    if (!name.isTextual() || name.textValue().isEmpty()) {
      return new Refused("name must be a string, as in " + NAMED_EXAMPLE);
    }
    String text = name.textValue();
    return text.length() > MAX_NAME
        ? new Refused("Replica " + ObjectBody.shown(text) + " does not exist")
        : new Named(text);
  }

  private static OfWeight weighed(JsonNode root) {
    JsonNode weight = root.path("weight");
    if (!weight.isNumber()) {
      return new Refused("weight must be a number from 0 to 1, as in " + WEIGHED_EXAMPLE);
    }
    return switch (named(root)) {
      case Named(String name) -> new Weighed(name, weight.doubleValue());
      case Refused refused -> refused;
    };
  }
}
