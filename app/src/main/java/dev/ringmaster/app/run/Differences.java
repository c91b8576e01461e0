package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.RouteRule;
import dev.ringmaster.app.settings.RuntimeKind;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Affinity;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Group;
import dev.ringmaster.app.settings.catalog.Health;
import dev.ringmaster.app.settings.catalog.Protection;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.catalog.ToReplicas;
import dev.ringmaster.queue.control.QueueTerms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is different in new settings, and which of it cannot change while Ringmaster runs.
///
/// What is about the whole program cannot, nor can what a running service's replicas are started,
/// watched and stopped by. Static targets are not started, so that a service of targets takes
/// everything: it gets a new fleet.
///
/// @param changes one line each: `services.users.replicas: 3 -> 4`
/// @param restarts the lines of those that need a restart
record Differences(List<String> changes, List<String> restarts) {

  /// Top-level settings of services that the whole program uses as well: for its connections to
  /// clients, and when it stops.
  private static final List<Setting<?>> SHARED =
      List.of(Protection.TIMEOUT_IDLE, Replicas.DRAIN_TIMEOUT);

  /// Settings of the fleet's groups that are not the fleet's.
  private static final List<Setting<?>> LIVE =
      List.of(Replicas.REPLICAS, Replicas.CLASSIC_ANSWERS, Replicas.TARGETS);

  private static final List<Setting<?>> TABLE =
      List.of(
          Affinity.SCHEME,
          Affinity.CLASSIC_SLOTS,
          Affinity.CLASSIC_VIRTUAL_SERVERS,
          Affinity.CLASSIC_PROBING,
          Affinity.CLASSIC_REQUEST,
          Affinity.CLASSIC_VIRTUAL);

  /// The settings of a service that its fleet has from its start.
  static final Set<Setting<?>> OF_FLEET = ofFleet();

  private static Set<Setting<?>> ofFleet() {
    Set<Setting<?>> settings = new LinkedHashSet<>(TABLE);
    for (Group group : List.of(Replicas.GROUP, Health.GROUP, ToReplicas.GROUP)) {
      group.settings().stream()
          .filter(setting -> setting.scope() != Scope.PROCESS && !LIVE.contains(setting))
          .forEach(settings::add);
    }
    return Set.copyOf(settings);
  }

  static Differences between(Configuration old, Configuration fresh) {
    Differences found = new Differences(new ArrayList<>(), new ArrayList<>());
    found.process(old, fresh);
    found.services(old, fresh);
    found.routes(old.routes(), fresh.routes());
    found.queues(old.queues(), fresh.queues());
    return found;
  }

  private void process(Configuration old, Configuration fresh) {
    for (Setting<?> setting : Catalog.ALL) {
      boolean whole = setting.scope() == Scope.PROCESS && !setting.equals(Replicas.SERVICE);
      if ((whole || SHARED.contains(setting)) && differs(setting, old.process(), fresh.process())) {
        String line = line("", setting, old.process(), fresh.process());
        changes.add(line);
        restarts.add(line);
      }
    }
  }

  private void services(Configuration old, Configuration fresh) {
    for (Values service : fresh.services()) {
      String name = service.get(Replicas.SERVICE);
      Values before = find(old, name);
      if (before == null) {
        changes.add("service " + name + ": added");
      } else {
        service(fresh.section(name), before, service);
      }
    }
    for (String name : old.names()) {
      if (find(fresh, name) == null) {
        changes.add("service " + name + ": removed");
      }
    }
  }

  private static @Nullable Values find(Configuration configuration, String name) {
    for (Values service : configuration.services()) {
      if (service.get(Replicas.SERVICE).equals(name)) {
        return service;
      }
    }
    return null;
  }

  private void service(String section, Values old, Values fresh) {
    boolean given =
        RuntimeKind.of(old) == RuntimeKind.STATIC && RuntimeKind.of(fresh) == RuntimeKind.STATIC;
    for (Setting<?> setting : Catalog.ALL) {
      if (setting.scope() == Scope.PROCESS || !differs(setting, old, fresh)) {
        continue;
      }
      String line = line(section, setting, old, fresh);
      note(changes, line);
      if (!given && (OF_FLEET.contains(setting) || setting.equals(Replicas.TARGETS))) {
        note(restarts, line);
      }
    }
  }

  private void queues(List<QueueTerms> old, List<QueueTerms> fresh) {
    Map<String, QueueTerms> before = byName(old);
    Map<String, QueueTerms> after = byName(fresh);
    after.forEach((name, terms) -> {
      QueueTerms earlier = before.get(name);
      if (earlier == null) {
        changes.add("queue " + name + ": added");
      } else if (!earlier.equals(terms)) {
        changes.add("queue " + name + ": other terms");
      }
    });
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        changes.add("queue " + name + ": not in the file any more; it stays until it is removed");
      }
    }
  }

  private static Map<String, QueueTerms> byName(List<QueueTerms> queues) {
    Map<String, QueueTerms> named = new LinkedHashMap<>();
    queues.forEach(queue -> named.put(queue.name(), queue));
    return named;
  }

  private void routes(List<RouteRule> old, List<RouteRule> fresh) {
    List<String> before = old.stream().map(RouteRule::text).toList();
    List<String> after = fresh.stream().map(RouteRule::text).toList();
    Set<String> gone = new HashSet<>(before);
    after.forEach(gone::remove);
    Set<String> come = new HashSet<>(after);
    before.forEach(come::remove);
    before.stream().filter(gone::contains).forEach(text -> changes.add("route removed: " + text));
    after.stream().filter(come::contains).forEach(text -> changes.add("route added: " + text));
    if (gone.isEmpty() && come.isEmpty() && !before.equals(after)) {
      changes.add("routes: in another order");
    }
  }

  /// Adds a line that is not there yet: the top level and the only service have some in common.
  private static void note(List<String> lines, String line) {
    if (!lines.contains(line)) {
      lines.add(line);
    }
  }

  private static boolean differs(Setting<?> setting, Values old, Values fresh) {
    return !old.text(setting).equals(fresh.text(setting));
  }

  private static String line(String section, Setting<?> setting, Values old, Values fresh) {
    return section + setting.key() + ": " + shown(setting, old) + " -> " + shown(setting, fresh);
  }

  private static String shown(Setting<?> setting, Values values) {
    String text = values.text(setting);
    return text.isEmpty() ? "(none)" : text;
  }
}
