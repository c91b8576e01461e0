package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.catalog.Setting;
import java.util.List;
import java.util.Locale;

/// What runs the replicas.
public enum RuntimeKind {
  PROCESS,
  DOCKER,
  STATIC;

  /// The settings that choose what runs; a service takes all of them from where it has one.
  static final List<Setting<?>> CHOOSING =
      List.of(Replicas.RUNTIME, Replicas.COMMAND, Replicas.IMAGE, Replicas.TARGETS);

  /// The one that was named; else static if there are targets, docker if there is an image, process
  /// if there is neither.
  public static RuntimeKind of(Values values) {
    return values
        .find(Replicas.RUNTIME)
        .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
        .orElseGet(() -> implied(values));
  }

  private static RuntimeKind implied(Values values) {
    if (values.gave(Replicas.TARGETS)) {
      return STATIC;
    }
    return values.gave(Replicas.IMAGE) ? DOCKER : PROCESS;
  }

  /// The settings that have no place with it.
  List<Setting<?>> foreign() {
    return switch (this) {
      case PROCESS ->
          List.of(Replicas.IMAGE, Replicas.TARGETS, Replicas.CONTAINER_PORT, Replicas.NETWORK);
      case DOCKER -> List.of(Replicas.COMMAND, Replicas.TARGETS);
      case STATIC ->
          List.of(
              Replicas.COMMAND,
              Replicas.IMAGE,
              Replicas.CONTAINER_PORT,
              Replicas.NETWORK,
              Replicas.SPARES,
              Replicas.REPLICAS);
    };
  }

  /// Why it is this one, for messages.
  String reason(Values values) {
    if (values.gave(Replicas.RUNTIME)) {
      return values.place(Replicas.RUNTIME) + " " + name().toLowerCase(Locale.ROOT);
    }
    return switch (this) {
      case PROCESS -> "--runtime process (the default)";
      case DOCKER -> values.place(Replicas.IMAGE);
      case STATIC -> values.place(Replicas.TARGETS);
    };
  }
}
