package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.SettingsBlock.Level;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.problem.Problem;
import dev.ringmaster.app.settings.tree.Malformed;
import dev.ringmaster.app.settings.tree.Node;
import dev.ringmaster.app.settings.tree.Node.Entry;
import dev.ringmaster.app.settings.tree.TreeReader;
import dev.ringmaster.gateway.route.Routes;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `ringmaster.yaml`: settings by their keys, those of a group below the group's name; under
/// `services` those of each service, under `routes` who gets which requests.
final class SettingsFile {
  static final String SERVICES = "services";
  static final String ROUTES = "routes";
  static final String QUEUES = "queues";

  /// A bound on what is built from a file.
  static final int MAX_QUEUES = 1024;

  static final String QUEUE_NAME = "^[a-zA-Z0-9_.-]{1,100}$";

  /// More than one machine runs; a bound on what is built from a file.
  static final int MAX_SERVICES = 256;

  static final int MAX_ROUTES = Routes.MOST;

  /// Shorter than the name of an only service, since the names of replicas begin with it.
  static final String SERVICE_NAME = "^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,47}$";

  private static final Level TOP =
      new Level(
          "",
          EnumSet.of(Scope.PROCESS, Scope.SERVICE, Scope.ROUTE),
          Set.of(SERVICES, ROUTES, QUEUES));

  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private final List<ServiceSection> services = new ArrayList<>();
  private final List<RouteSection> routes = new ArrayList<>();
  private final List<QueueSection> queues = new ArrayList<>();

  /// What a file says.
  ///
  /// @param file its name for messages
  /// @param given its values at the top level, not yet checked
  /// @param services those it names; none if it has no list of services
  /// @param routes in the order of the file
  /// @param queues in the order of the file
  /// @param problems what could not be read
  record Content(
      String file,
      List<Given> given,
      List<ServiceSection> services,
      List<RouteSection> routes,
      List<QueueSection> queues,
      List<Problem> problems) {

    /// Nothing but a problem.
    static Content wrong(String problem) {
      return new Content(
          "", List.of(), List.of(), List.of(), List.of(), List.of(new Problem(0, problem)));
    }
  }

  /// One service of the file.
  record ServiceSection(String name, int line, List<Given> given) {}

  /// One queue of the file.
  record QueueSection(String name, int line, List<Given> given) {}

  private SettingsFile(String name) {
    this.name = name;
  }

  /// @param name the file's name for messages
  static Content read(String name, Reader yaml) throws IOException {
    SettingsFile file = new SettingsFile(name);
    List<Given> given = List.of();
    try {
      given = file.top(TreeReader.read(yaml));
    } catch (Malformed e) {
      file.problem(e.line(), String.valueOf(e.getMessage()));
    }
    return new Content(
        name,
        given,
        List.copyOf(file.services),
        file.routes,
        file.queues,
        List.copyOf(file.problems));
  }

  private List<Given> top(Node root) {
    if (!(root instanceof Node.Mapping mapping)) {
      problem(root.line(), "expected settings, one 'key: value' a line");
      return List.of();
    }
    SettingsBlock.Content content = SettingsBlock.read(name, mapping, TOP, problems);
    Node listed = content.others().get(SERVICES);
    if (listed != null) {
      services(listed);
    }
    Node ways = content.others().get(ROUTES);
    if (ways != null) {
      routes(ways);
    }
    Node kept = content.others().get(QUEUES);
    if (kept != null) {
      queues(kept);
    }
    return content.given();
  }

  private void services(Node node) {
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      problem(
          node.line(),
          "services: expected the name of at least one service and its settings below it");
      return;
    }
    if (mapping.entries().size() > MAX_SERVICES) {
      problem(node.line(), "services: expected at most " + MAX_SERVICES);
      return;
    }
    Map<String, Integer> lines = new HashMap<>();
    for (Entry entry : mapping.entries()) {
      Integer earlier = lines.putIfAbsent(entry.key(), entry.line());
      if (earlier == null) {
        service(entry);
      } else {
        problem(
            entry.line(), "service '" + entry.key() + "' is given twice, first in line " + earlier);
      }
    }
  }

  /// A service with nothing below it has the settings of the top level.
  private void service(Entry entry) {
    String section = "services." + entry.key() + ".";
    if (!entry.key().matches(SERVICE_NAME)) {
      problem(
          entry.line(),
          "'"
              + entry.key()
              + "' is no service's name: expected at most 48 letters, digits, '_', '.' and '-', the"
              + " first a letter or digit");
      return;
    }
    Given named =
        new Given(Replicas.SERVICE.key(), entry.key(), name + ":" + entry.line(), entry.line(), "");
    List<Given> given = new ArrayList<>();
    given.add(named);
    if (entry.value() instanceof Node.Mapping mapping) {
      Level level = new Level(section, EnumSet.of(Scope.SERVICE, Scope.ROUTE), Set.of());
      given.addAll(SettingsBlock.read(name, mapping, level, problems).given());
    } else if (!entry.value().found().equals("nothing")) {
      problem(
          entry.value().line(),
          "services." + entry.key() + ": expected settings, found " + entry.value().found());
    }
    services.add(new ServiceSection(entry.key(), entry.line(), List.copyOf(given)));
  }

  private void queues(Node node) {
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      problem(
          node.line(), "queues: expected the name of at least one queue and its terms below it");
      return;
    }
    if (mapping.entries().size() > MAX_QUEUES) {
      problem(node.line(), "queues: expected at most " + MAX_QUEUES);
      return;
    }
    Map<String, Integer> lines = new HashMap<>();
    for (Entry entry : mapping.entries()) {
      Integer earlier = lines.putIfAbsent(entry.key(), entry.line());
      if (earlier == null) {
        queue(entry);
      } else {
        problem(
            entry.line(), "queue '" + entry.key() + "' is given twice, first in line " + earlier);
      }
    }
  }

  /// A queue with nothing below it has the defaults.
  private void queue(Entry entry) {
    String section = QUEUES + "." + entry.key() + ".";
    if (!entry.key().matches(QUEUE_NAME)) {
      problem(
          entry.line(),
          "'"
              + entry.key()
              + "' is no queue's name: expected at most 100 letters, digits, '_', '.' and '-'");
      return;
    }
    List<Given> given = List.of();
    if (entry.value() instanceof Node.Mapping mapping) {
      Level level = new Level(section, EnumSet.of(Scope.QUEUE), Set.of());
      given = SettingsBlock.read(name, mapping, level, problems).given();
    } else if (!entry.value().found().equals("nothing")) {
      problem(
          entry.value().line(),
          QUEUES + "." + entry.key() + ": expected terms, found " + entry.value().found());
    }
    queues.add(new QueueSection(entry.key(), entry.line(), given));
  }

  private void routes(Node node) {
    if (!(node instanceof Node.Sequence list) || list.elements().isEmpty()) {
      problem(node.line(), "routes: expected a list, such as - { path: /users, service: users }");
      return;
    }
    if (list.elements().size() > MAX_ROUTES) {
      problem(node.line(), "routes: expected at most " + MAX_ROUTES);
      return;
    }
    int number = 0;
    for (Node element : list.elements()) {
      number++;
      RouteSection route = RouteReader.read(name, number, element, problems);
      if (route != null) {
        routes.add(route);
      }
    }
  }

  private void problem(int line, String what) {
    problems.add(new Problem(line, name + ":" + line + ": " + what));
  }
}
