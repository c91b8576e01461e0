package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Replicas;
import java.util.Locale;

/// What runs the replicas.
public enum RuntimeKind {
  PROCESS,
  DOCKER,
  STATIC;

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
