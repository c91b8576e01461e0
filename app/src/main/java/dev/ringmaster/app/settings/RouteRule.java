package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who gets which requests; of several rules that a request meets, the first.
///
/// @param name what metrics and logs call it; no other has it
/// @param match the requests it is for
/// @param shares the services that get them, each with its positive share of the keys
/// @param own the settings of its own; nothing but what was given
public record RouteRule(String name, RouteMatch match, Map<String, Double> shares, Values own) {

  /// The rule for people; two rules that say the same have the same text.
  public String text() {
    List<String> words = new ArrayList<>();
    words.add(name.equals(match.text()) ? name : name + ": " + match.text());
    Map<String, Double> sorted = new TreeMap<>(shares);
    words.add("-> " + (sorted.size() == 1 ? sorted.keySet().iterator().next() : sorted));
    for (Setting<?> setting : Catalog.ALL) {
      if (own.gave(setting)) {
        words.add(setting.key() + " " + own.text(setting));
      }
    }
    return String.join(" ", words);
  }
}
