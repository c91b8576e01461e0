package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One route of the file, its values not yet checked against the services.
///
/// @param place where it stands
/// @param givenName the name it gives itself; null if it gives none
/// @param match the requests it is for
/// @param shares the services that get them, each with its positive share
/// @param given its own settings
record RouteSection(
    Place place,
    @Nullable String givenName,
    RouteMatch match,
    Map<String, Double> shares,
    List<Given> given) {

  /// @param line where it begins
  /// @param number from 1, in the order of the file
  record Place(int line, int number) {}

  /// What it is called: by what it gives itself, else by its conditions.
  String name() {
    return givenName == null ? match.text() : givenName;
  }

  int line() {
    return place.line;
  }

  /// What stands before its keys in messages.
  String section() {
    return section(place.number);
  }

  /// What is wrong with it, with its place.
  Problem problem(String file, String what) {
    return new Problem(line(), file + ":" + line() + ": " + section() + what);
  }

  static String section(int number) {
    return "route " + number + ": ";
  }
}
