package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.SettingsBlock.Level;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.problem.Problem;
import dev.ringmaster.app.settings.tree.Node;
import dev.ringmaster.app.settings.tree.Node.Entry;
import dev.ringmaster.gateway.route.Match;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads one route: its conditions, who gets its requests, and its own settings.
final class RouteReader {
  static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}";

  /// A token of RFC 9110, section 5.6.2.
  static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}";

  /// A whole header value without control characters, and not empty.
  static final String VALUE = "[\\x20-\\x7e]*[\\x21-\\x7e][\\x20-\\x7e]*";

  /// The most that a share may be.
  static final int MAX_SHARE = 1_000_000;

  static final String NAME_KEY = "name";
  static final String HOST_KEY = "host";
  static final String PATH_KEY = "path";
  static final String METHOD_KEY = "method";
  static final String HEADER_KEY = "header";
  static final String SERVICE_KEY = "service";
  static final String SPLIT_KEY = "split";

  private static final Set<String> KEYS =
      Set.of(NAME_KEY, HOST_KEY, PATH_KEY, METHOD_KEY, HEADER_KEY, SERVICE_KEY, SPLIT_KEY);

  private final String file;
  private final String section;
  private final List<Problem> problems;

  private RouteReader(String file, String section, List<Problem> problems) {
    this.file = file;
    this.section = section;
    this.problems = problems;
  }

  /// One route, or null if it is none.
  ///
  /// @param number of the route, from 1
  static @Nullable RouteSection read(String file, int number, Node node, List<Problem> problems) {
    String section = RouteSection.section(number);
    RouteReader reader = new RouteReader(file, section, problems);
    if (!(node instanceof Node.Mapping mapping)) {
      reader.problem(
          node.line(),
          "expected conditions and a service, such as { path: /users, service: users }, found "
              + node.found());
      return null;
    }
    Level level = new Level(section, EnumSet.of(Scope.ROUTE), KEYS);
    SettingsBlock.Content content = SettingsBlock.read(file, mapping, level, problems);
    RouteMatch match = reader.match(content.others());
    Map<String, Double> shares = reader.shares(mapping, content.others());
    String name =
        reader.text(
            content.others().get(NAME_KEY),
            NAME_KEY,
            NAME,
            "a name in letters, digits, '_', '.' and '-'");
    return new RouteSection(
        new RouteSection.Place(mapping.line(), number), name, match, shares, content.given());
  }

  private RouteMatch match(Map<String, Node> values) {
    Match host =
        part(
            values.get(HOST_KEY), HOST_KEY, "a host name, or *. and a domain", Match.ANY::withHost);
    Match path =
        part(values.get(PATH_KEY), PATH_KEY, "a path that starts with /", Match.ANY::withPath);
    return new RouteMatch(
        host.host(), path.path(), methods(values.get(METHOD_KEY)), headers(values.get(HEADER_KEY)));
  }

  /// A condition as the gateway reads it, whose words say what is wrong with it.
  private Match part(
      @Nullable Node node, String key, String expected, Function<String, Match> read) {
    String text = text(node, key, ".+", expected);
    if (node != null && text != null) {
      try {
        return read.apply(text);
      } catch (IllegalArgumentException e) {
        problem(node.line(), String.valueOf(e.getMessage()));
      }
    }
    return Match.ANY;
  }

  private Set<String> methods(@Nullable Node node) {
    Set<String> methods = new LinkedHashSet<>();
    List<Node> elements =
        switch (node) {
          case null -> List.of();
          case Node.Sequence list -> list.elements();
          case Node.Scalar scalar -> List.of(scalar);
          case Node.Mapping mapping -> List.of(mapping);
        };
    for (Node element : elements) {
      String method = text(element, METHOD_KEY, TOKEN, "methods such as GET or [GET, POST]");
      if (method != null && !methods.add(method)) {
        problem(element.line(), METHOD_KEY + ": " + method + " is given twice");
      }
    }
    if (node instanceof Node.Sequence && elements.isEmpty()) {
      problem(node.line(), METHOD_KEY + ": expected at least one; without the key it is any");
    }
    return methods;
  }

  private Map<String, String> headers(@Nullable Node node) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Entry entry : entries(node, HEADER_KEY, "{ X-Beta: \"1\" }")) {
      String place = HEADER_KEY + ": " + entry.key();
      if (!entry.key().matches(TOKEN)) {
        problem(entry.line(), HEADER_KEY + ": '" + entry.key() + "' is no header's name");
      }
      boolean any = entry.value().found().equals("nothing");
      String value = any ? "" : text(entry.value(), place, VALUE, "the header's whole value");
      String name = entry.key().toLowerCase(Locale.ROOT);
      if (value != null && headers.put(name, value.strip()) != null) {
        problem(entry.line(), place + " is given twice");
      }
    }
    return headers;
  }

  private Map<String, Double> shares(Node.Mapping route, Map<String, Node> values) {
    Node service = values.get(SERVICE_KEY);
    Node split = values.get(SPLIT_KEY);
    if (service == null && split == null) {
      problem(route.line(), "expected a service, or a split over several");
    } else if (service != null && split != null) {
      problem(split.line(), "has a service and a split; drop one");
    }
    if (service != null) {
      String name = text(service, SERVICE_KEY, ".+", "a service's name");
      return name == null ? Map.of() : Map.of(name, 1.0);
    }
    return split == null ? Map.of() : split(split);
  }

  private Map<String, Double> split(Node node) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Entry entry : entries(node, SPLIT_KEY, "{ users: 90, assets: 10 }")) {
      Double share = share(entry);
      if (share != null && shares.put(entry.key(), share) != null) {
        problem(entry.line(), SPLIT_KEY + ": '" + entry.key() + "' is given twice");
      }
    }
    return shares;
  }

  private @Nullable Double share(Entry entry) {
    if (entry.value() instanceof Node.Scalar scalar) {
      try {
        double share = Double.parseDouble(scalar.text());
        if (share > 0 && share <= MAX_SHARE) {
          return share;
        }
      } catch (NumberFormatException e) {
        // Told below like any other value that is no share.
      }
    }
    problem(
        entry.value().line(),
        SPLIT_KEY
            + ": "
            + entry.key()
            + ": expected a share above 0 and up to "
            + MAX_SHARE
            + ", found "
            + entry.value().found());
    return null;
  }

  private List<Entry> entries(@Nullable Node node, String key, String example) {
    if (node == null) {
      return List.of();
    }
    if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
      return mapping.entries();
    }
    problem(node.line(), key + ": expected such as " + example + ", found " + node.found());
    return List.of();
  }

  private @Nullable String text(@Nullable Node node, String key, String pattern, String expected) {
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Scalar scalar && node.plain() && scalar.text().matches(pattern)) {
      return scalar.text();
    }
    problem(node.line(), key + ": expected " + expected + ", found " + node.found());
    return null;
  }

  private void problem(int line, String what) {
    problems.add(new Problem(line, file + ":" + line + ": " + section + what));
  }
}
