package dev.ringmaster.app.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Kind;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.text.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Reads `ringmaster.yaml`: settings by their keys, those of a group below the group's name.
///
/// Reading goes on after a mistake, so that all are told at once.
final class SettingsFile {
  private final String name;
  private final YAMLParser parser;
  private final Map<String, Setting<?>> known = new HashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Given> given = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /// What a file says.
  ///
  /// @param given its values, not yet checked
  /// @param problems what could not be read, one line each
  record Content(List<Given> given, List<String> problems) {}

  private SettingsFile(String name, YAMLParser parser) {
    this.name = name;
    this.parser = parser;
    Catalog.ALL.forEach(setting -> known.put(setting.key(), setting));
  }

  /// @param name the file's name for messages
  static Content read(String name, Reader yaml) throws IOException {
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      SettingsFile file = new SettingsFile(name, parser);
      try {
        file.document();
      } catch (JacksonException e) {
        file.notYaml(e);
      }
      return new Content(List.copyOf(file.given), List.copyOf(file.problems));
    }
  }

  private void document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problem("expected settings, one 'key: value' a line");
      return;
    }
    group("");
    if (parser.nextToken() != null) {
      problem("expected the end of the file; only one document is read");
    }
  }

  /// Reads the entries of a map up to its end.
  private void group(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      boolean fresh = once(key);
      if (fresh && known.containsKey(key)) {
        value(known.get(key));
      } else if (fresh && !keysIn(key + ".").isEmpty()) {
        nested(key);
      } else {
        if (fresh) {
          unknown(prefix, key);
        }
        parser.nextToken();
        parser.skipChildren();
      }
    }
  }

  private void nested(String key) throws IOException {
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      group(key + ".");
      return;
    }
    problem(key + ": expected the settings " + String.join(", ", keysIn(key + ".")) + " below it");
    parser.skipChildren();
  }

  private void value(Setting<?> setting) throws IOException {
    JsonToken token = parser.nextToken();
    String origin = name + ":" + line();
    if (fits(setting.kind().form(), token)) {
      given.add(new Given(setting.key(), parser.getText(), origin));
    } else if (setting.kind().form() == Kind.Form.LIST && token == JsonToken.START_ARRAY) {
      list(setting, origin);
    } else {
      problem(
          setting.key() + ": expected " + setting.kind().expected() + ", found " + found(token));
      parser.skipChildren();
    }
  }

  private void list(Setting<?> setting, String origin) throws IOException {
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isScalarValue()) {
        elements.add(parser.getText());
      } else {
        problem(setting.key() + ": expected plain values in the list");
        parser.skipChildren();
      }
    }
    given.add(new Given(setting.key(), String.join(",", elements), origin));
  }

  /// A number or word for text is no mistake; text for a whole number is. YAML 1.1 reads `off` as a
  /// boolean, whose text is still `off`.
  private boolean fits(Kind.Form form, JsonToken token) {
    return switch (form) {
      case WHOLE -> token == JsonToken.VALUE_NUMBER_INT;
      case NUMBER -> token.isScalarValue() && token != JsonToken.VALUE_NULL;
      case BOOLEAN -> token.isBoolean();
      case TEXT, LIST -> token.isScalarValue() && token != JsonToken.VALUE_NULL;
    };
  }

  private String found(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> "nothing";
      case START_OBJECT -> "a group of settings";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "the text '" + parser.getText() + "'";
      default -> "'" + parser.getText() + "'";
    };
  }

  private boolean once(String key) {
    Integer earlier = lines.putIfAbsent(key, line());
    if (earlier != null) {
      problem("'" + key + "' is given twice, first in line " + earlier);
    }
    return earlier == null;
  }

  private void unknown(String prefix, String key) {
    String word = key.substring(prefix.length());
    String where = prefix.isEmpty() ? "" : " in '" + prefix.substring(0, prefix.length() - 1) + "'";
    problem("unknown key '" + word + "'" + where + Nearest.hint(word, keysIn(prefix)));
  }

  /// The names that may follow a prefix.
  private SortedSet<String> keysIn(String prefix) {
    TreeSet<String> keys = new TreeSet<>();
    for (String key : known.keySet()) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        keys.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
      }
    }
    return keys;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private void problem(String what) {
    problems.add(name + ":" + line() + ": " + what);
  }

  private void notYaml(JacksonException e) {
    int line = e.getLocation() == null ? line() : e.getLocation().getLineNr();
    String what = e.getOriginalMessage().lines().findFirst().orElse("");
    problems.add(name + ":" + line + ": not YAML: " + what);
  }
}
