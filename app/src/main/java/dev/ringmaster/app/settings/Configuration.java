package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.queue.control.QueueTerms;
import java.util.List;

/// All settings of a Ringmaster, checked.
///
/// @param form how the services are written
/// @param process those of the whole program
/// @param services those of each service, with those of the whole program; at least one
/// @param routes in the order in which they are tried; none if the only service gets everything
/// @param queues those that the file has
public record Configuration(
    Form form,
    Values process,
    List<Values> services,
    List<RouteRule> routes,
    List<QueueTerms> queues) {

  /// How services are written.
  public enum Form {
    /// The settings of the top level are those of the only service.
    ONE,
    /// Each has its place below `services`.
    LIST
  }

  public Configuration {
    services = List.copyOf(services);
    routes = List.copyOf(routes);
    queues = List.copyOf(queues);
  }

  /// One service that gets everything.
  public static Configuration ofOne(Values values) {
    return new Configuration(Form.ONE, values, List.of(values), List.of(), List.of());
  }

  /// What stands before a service's keys when they are told of.
  public String section(String service) {
    return switch (form) {
      case ONE -> "";
      case LIST -> "services." + service + ".";
    };
  }

  /// The names of the services.
  public List<String> names() {
    return services.stream().map(service -> service.get(Replicas.SERVICE)).toList();
  }
}
