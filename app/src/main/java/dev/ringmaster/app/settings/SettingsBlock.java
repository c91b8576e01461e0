package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Kind;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.problem.Problem;
import dev.ringmaster.app.settings.tree.Node;
import dev.ringmaster.app.settings.tree.Node.Entry;
import dev.ringmaster.app.settings.tree.Node.Form;
import dev.ringmaster.app.text.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Reads the settings of one part of the file: the top level, a service or a route.
///
/// Reading goes on after a mistake, so that all are told at once.
final class SettingsBlock {
  private final String file;
  private final Level level;
  private final Map<String, Setting<?>> known = new HashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Given> given = new ArrayList<>();
  private final Map<String, Node> others = new LinkedHashMap<>();
  private final List<Problem> problems;

  /// A part of the file.
  ///
  /// @param section what stands before its keys in messages: `services.users.`; empty for the top
  ///   level
  /// @param scopes of the settings that may stand here
  /// @param others keys that may stand here and are no settings
  record Level(String section, Set<Scope> scopes, Set<String> others) {

    /// How it is named in a sentence.
    String shown() {
      return section.isEmpty() ? "the top level" : section.replaceFirst("(\\.|: )$", "");
    }
  }

  /// What was read.
  ///
  /// @param given the settings, not yet checked
  /// @param others the values of the keys that are no settings
  record Content(List<Given> given, Map<String, Node> others) {}

  private SettingsBlock(String file, Level level, List<Problem> problems) {
    this.file = file;
    this.level = level;
    this.problems = problems;
    for (Setting<?> setting : Catalog.IN_FILE) {
      if (level.scopes.contains(setting.scope())) {
        known.put(setting.key(), setting);
      }
    }
  }

  /// @param file its name for messages
  /// @param problems where mistakes are added
  static Content read(String file, Node.Mapping mapping, Level level, List<Problem> problems) {
    SettingsBlock block = new SettingsBlock(file, level, problems);
    block.group("", mapping);
    return new Content(List.copyOf(block.given), block.others);
  }

  private void group(String prefix, Node.Mapping mapping) {
    for (Entry entry : mapping.entries()) {
      String key = prefix + entry.key();
      if (!once(key, entry.line())) {
        continue;
      }
      if (known.containsKey(key)) {
        value(known.get(key), entry.value());
      } else if (prefix.isEmpty() && level.others.contains(key)) {
        others.put(key, entry.value());
      } else if (!keysIn(key + ".").isEmpty()) {
        nested(key, entry.value());
      } else {
        unknown(prefix, entry);
      }
    }
  }

  private boolean once(String key, int line) {
    Integer earlier = lines.putIfAbsent(key, line);
    if (earlier != null) {
      problem(line, "'" + level.section + key + "' is given twice, first in line " + earlier);
    }
    return earlier == null;
  }

  private void nested(String key, Node value) {
    if (value instanceof Node.Mapping mapping) {
      group(key + ".", mapping);
      return;
    }
    String names = String.join(", ", keysIn(key + "."));
    problem(value.line(), level.section + key + ": expected the settings " + names + " below it");
  }

  private void value(Setting<?> setting, Node value) {
    Kind.Form form = setting.kind().form();
    if (value instanceof Node.Scalar scalar && fits(form, scalar)) {
      give(setting, value.line(), scalar.text());
    } else if (value instanceof Node.Sequence list && form == Kind.Form.LIST) {
      list(setting, list);
    } else {
      problem(
          value.line(),
          level.section
              + setting.key()
              + ": expected "
              + setting.kind().expected()
              + ", found "
              + value.found());
    }
  }

  private void list(Setting<?> setting, Node.Sequence list) {
    List<String> elements = new ArrayList<>();
    for (Node element : list.elements()) {
      if (element instanceof Node.Scalar scalar && element.plain()) {
        elements.add(scalar.text());
      } else {
        String what = ": expected plain values in the list, found " + element.found();
        problem(element.line(), level.section + setting.key() + what);
      }
    }
    give(setting, list.line(), String.join(",", elements));
  }

  private void give(Setting<?> setting, int line, String text) {
    given.add(new Given(setting.key(), text, file + ":" + line, line, level.section));
  }

  /// A number or word for text is no mistake; text for a whole number is.
  private static boolean fits(Kind.Form form, Node.Scalar scalar) {
    return switch (form) {
      case WHOLE -> scalar.form() == Form.WHOLE;
      case BOOLEAN -> scalar.form() == Form.BOOLEAN;
      case NUMBER, TEXT, LIST -> scalar.plain();
    };
  }

  private void unknown(String prefix, Entry entry) {
    String key = prefix + entry.key();
    if (Catalog.IN_FILE.stream().anyMatch(setting -> setting.key().equals(key))) {
      problem(entry.line(), "'" + key + "' has no place in " + level.shown() + ": " + place(key));
      return;
    }
    String group = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    String whole = group.isEmpty() ? level.shown() : level.section + group;
    String where = whole.equals("the top level") ? "" : " in '" + whole + "'";
    SortedSet<String> names = keysIn(prefix);
    if (prefix.isEmpty()) {
      names.addAll(level.others);
    }
    problem(
        entry.line(),
        "unknown key '" + entry.key() + "'" + where + Nearest.hint(entry.key(), names));
  }

  /// Where a setting may stand.
  private static String place(String key) {
    Scope scope =
        Catalog.IN_FILE.stream()
            .filter(setting -> setting.key().equals(key))
            .map(Setting::scope)
            .findFirst()
            .orElseThrow();
    return switch (scope) {
      case PROCESS -> "it is about the whole program and stands at the top level";
      case SERVICE -> "it stands in a service, or at the top level for all of them";
      case ROUTE -> "it stands in a route, in a service or at the top level";
      case QUEUE -> "it stands in a queue";
    };
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

  private void problem(int line, String what) {
    problems.add(new Problem(line, file + ":" + line + ": " + what));
  }
}
