package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checked values of all settings of the catalog; immutable.
public final class Values {
  private final Map<String, Object> values;
  private final Map<String, Given> given;

  private Values(Map<String, Object> values, Map<String, Given> given) {
    this.values = Map.copyOf(values);
    this.given = Map.copyOf(given);
  }

  /// The defaults with what was given in their place, a later one in place of an earlier one.
  ///
  /// @param problems what is wrong already; whatever else is wrong is reported with it
  /// @throws Rejected with all that is wrong
  public static Values of(List<Given> given, List<String> problems) throws Rejected {
    List<String> wrong = new ArrayList<>(problems);
    Map<String, Given> last = new HashMap<>();
    given.forEach(one -> last.put(one.key(), one));
    Map<String, Object> values = new HashMap<>();
    for (Setting<?> setting : Catalog.ALL) {
      Given one = last.get(setting.key());
      String fallback = setting.fallback();
      if (one != null) {
        read(setting, one, wrong).ifPresent(value -> values.put(setting.key(), value));
      } else if (fallback != null) {
        values.put(setting.key(), setting.kind().parser().apply(fallback));
      }
    }
    Values all = new Values(values, last);
    if (wrong.isEmpty()) {
      wrong.addAll(Contradictions.in(all));
    }
    if (!wrong.isEmpty()) {
      throw new Rejected(wrong);
    }
    return all;
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

  /// Where a setting comes from, for messages: `--image`, `ringmaster.yaml:3: image`.
  String place(Setting<?> setting) {
    Given one = given.get(setting.key());
    return one == null ? setting.key() : one.place();
  }

  private static Optional<?> read(Setting<?> setting, Given given, List<String> wrong) {
    try {
      return Optional.of(setting.kind().parser().apply(given.text()));
    } catch (IllegalArgumentException e) {
      boolean plain = e.getMessage() == null || e instanceof NumberFormatException;
      String found = given.text().isEmpty() ? "nothing" : "'" + given.text() + "'";
      wrong.add(
          given.place()
              + (plain
                  ? ": expected " + setting.kind().expected() + ", found " + found
                  : ": " + e.getMessage()));
      return Optional.empty();
    }
  }
}
