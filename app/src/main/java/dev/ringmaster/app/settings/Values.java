package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.catalog.Terms;
import dev.ringmaster.app.settings.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checked values of the settings of the catalog; immutable.
public final class Values {
  private final Map<String, Object> values;
  private final Map<String, Given> given;

  private Values(Map<String, Object> values, Map<String, Given> given) {
    this.values = Map.copyOf(values);
    this.given = Map.copyOf(given);
  }

  /// The defaults with what was given in their place, a later one in place of an earlier one, for a
  /// program with one service.
  ///
  /// @throws Rejected with all that is wrong
  public static Values of(List<Given> given) throws Rejected {
    List<Problem> wrong = new ArrayList<>();
    Values all = read(given, wrong);
    Rejected.ifAny(wrong);
    Rejected.ifAny(Contradictions.in(all));
    return all;
  }

  /// As [#of], with what is wrong added to `wrong`; contradictions are not looked for.
  static Values read(List<Given> given, List<Problem> wrong) {
    return read(given, Catalog.ALL, Defaults.FILLED_IN, wrong);
  }

  /// What was given, without defaults.
  static Values only(List<Given> given, List<Problem> wrong) {
    return read(given, Catalog.ALL, Defaults.LEFT_OUT, wrong);
  }

  /// The terms of a queue, with defaults.
  static Values ofQueue(List<Given> given, List<Problem> wrong) {
    return read(given, Terms.GROUP.settings(), Defaults.FILLED_IN, wrong);
  }

  private enum Defaults {
    FILLED_IN,
    LEFT_OUT
  }

  private static Values read(
      List<Given> given, List<Setting<?>> settings, Defaults defaults, List<Problem> wrong) {
    Map<String, Given> last = new HashMap<>();
    given.forEach(one -> last.put(one.key(), one));
    Map<String, Object> values = new HashMap<>();
    for (Setting<?> setting : settings) {
      String fallback = setting.fallback();
      if (fallback != null && defaults == Defaults.FILLED_IN) {
        values.put(setting.key(), setting.kind().parser().apply(fallback));
      }
    }
    for (Setting<?> setting : settings) {
      Given one = last.get(setting.key());
      if (one != null) {
        read(setting, one, wrong).ifPresent(value -> values.put(setting.key(), value));
      }
    }
    return new Values(values, last);
  }

  /// The value of a setting that has a default.
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalArgumentException(setting.key() + " has no default"));
  }

  /// The value of a setting, if it was given or has a default.
  // The kind of each value is that of its setting, by the only way in.
  @SuppressWarnings("unchecked")
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting.key()));
  }

  /// Whether someone gave this one.
  public boolean gave(Setting<?> setting) {
    return given.containsKey(setting.key());
  }

  /// A setting as it was written, or its default; empty if it has neither.
  public String text(Setting<?> setting) {
    Given one = given.get(setting.key());
    String fallback = setting.fallback();
    return one != null ? one.text() : fallback == null ? "" : fallback;
  }

  /// Where a setting comes from, for messages: `--image`, `ringmaster.yaml:3: image`.
  String place(Setting<?> setting) {
    Given one = given.get(setting.key());
    return one == null ? setting.key() : one.place();
  }

  /// What is wrong with a setting.
  Problem problem(Setting<?> setting, String what) {
    Given one = given.get(setting.key());
    return one == null
        ? new Problem(Problem.NO_LINE, setting.key() + ": " + what)
        : one.problem(what);
  }

  private static Optional<?> read(Setting<?> setting, Given given, List<Problem> wrong) {
    try {
      return Optional.of(setting.kind().parser().apply(given.text()));
    } catch (IllegalArgumentException e) {
      boolean plain = e.getMessage() == null || e instanceof NumberFormatException;
      String found = given.text().isEmpty() ? "nothing" : "'" + given.text() + "'";
      wrong.add(
          given.problem(
              plain
                  ? "expected " + setting.kind().expected() + ", found " + found
                  : String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
