package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.SettingsFile.QueueSection;
import dev.ringmaster.app.settings.SettingsFile.ServiceSection;
import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.problem.Problem;
import dev.ringmaster.app.text.Nearest;
import dev.ringmaster.queue.control.QueueTerms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes one configuration of what the file and the flags gave.
///
/// A service has what it gives itself, before what the flags give, before what the top level gives,
/// before the defaults. What runs its replicas (a command, an image or targets) it takes whole from
/// where it has it: a service with targets of its own has no command from the top level.
final class Assembly {
  private final SettingsFile.Content content;
  private final List<Given> top = new ArrayList<>();
  private final List<Problem> problems;

  private Assembly(SettingsFile.Content content, List<Given> flags) {
    this.content = content;
    this.problems = new ArrayList<>(content.problems());
    top.addAll(content.given());
    top.addAll(flags);
  }

  /// @throws Rejected with all that is wrong
  static Configuration of(SettingsFile.Content content, List<Given> flags) throws Rejected {
    return new Assembly(content, flags).configuration();
  }

  private Configuration configuration() throws Rejected {
    Values process = Values.read(top, problems);
    List<Values> services = content.services().isEmpty() ? List.of(process) : services();
    if (!content.services().isEmpty() && process.gave(Replicas.SERVICE)) {
      problems.add(
          process.problem(
              Replicas.SERVICE, "has no place with services; each is named below services"));
    }
    List<RouteRule> routes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    services.forEach(service -> service.find(Replicas.SERVICE).ifPresent(names::add));
    for (RouteSection route : content.routes()) {
      serviceOf(route, names);
      routes.add(rule(route));
    }
    List<QueueTerms> queues = new ArrayList<>();
    for (QueueSection queue : content.queues()) {
      queues.add(QueueReading.terms(queue, content.file(), names, problems));
    }
    severalNeedRoutes();
    Rejected.ifAny(problems);
    problems.addAll(RouteJudgement.of(content.file(), content.routes(), services));
    problems.addAll(Contradictions.ofProcess(process));
    if (!queues.isEmpty() && !process.get(Queueing.QUEUE)) {
      problems.add(process.problem(Queueing.QUEUE, "has no place with queues; drop one"));
    }
    services.forEach(service -> problems.addAll(Contradictions.ofService(service)));
    Rejected.ifAny(problems);
    Configuration.Form form =
        content.services().isEmpty() ? Configuration.Form.ONE : Configuration.Form.LIST;
    return new Configuration(form, process, services, routes, queues);
  }

  private List<Values> services() {
    List<Values> services = new ArrayList<>();
    for (ServiceSection section : content.services()) {
      services.add(service(section));
    }
    return services;
  }

  private Values service(ServiceSection section) {
    Set<String> own = new HashSet<>();
    section.given().forEach(given -> own.add(given.key()));
    List<Given> inherited = new ArrayList<>(top);
    if (RuntimeKind.CHOOSING.stream().anyMatch(setting -> own.contains(setting.key()))) {
      RuntimeKind.CHOOSING.forEach(setting -> drop(inherited, setting.key()));
    }
    RuntimeKind kind = RuntimeKind.of(merged(inherited, section.given(), new ArrayList<>()));
    kind.foreign().forEach(setting -> drop(inherited, setting.key()));
    return merged(inherited, section.given(), problems);
  }

  private static void drop(List<Given> given, String key) {
    given.removeIf(one -> one.key().equals(key));
  }

  private static Values merged(List<Given> inherited, List<Given> own, List<Problem> problems) {
    List<Given> all = new ArrayList<>(inherited);
    all.addAll(own);
    return Values.read(all, problems);
  }

  private RouteRule rule(RouteSection route) {
    return new RouteRule(
        route.name(), route.match(), route.shares(), Values.only(route.given(), problems));
  }

  private void serviceOf(RouteSection route, Set<String> names) {
    for (String name : route.shares().keySet()) {
      if (!names.contains(name)) {
        problem(route, "unknown service '" + name + "'" + Nearest.hint(name, names));
      }
    }
  }

  private void severalNeedRoutes() {
    if (content.services().size() > 1 && content.routes().isEmpty() && problems.isEmpty()) {
      int line = content.services().getFirst().line();
      String place = content.file() + ":" + line + ": ";
      problems.add(
          new Problem(
              line,
              place
                  + "several services need routes that say who gets which requests, such as"
                  + " - { path: /users, service: users }"));
    }
  }

  private void problem(RouteSection route, String what) {
    problems.add(route.problem(content.file(), what));
  }
}
