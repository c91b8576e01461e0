package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.RuntimeKind;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.fleet.fixed.Given;
import dev.ringmaster.fleet.fixed.StaticRuntime;
import dev.ringmaster.fleet.process.ArgumentVector;
import dev.ringmaster.fleet.process.ProcessRuntime;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What runs the replicas.
final class Runtimes {
  private Runtimes() {}

  /// @param directory for the files of replicas that are processes
  static ReplicaRuntime of(Values values, Path directory, Ground ground)
      throws CannotStart, IOException {
    return switch (RuntimeKind.of(values)) {
      case PROCESS -> {
        ArgumentVector command =
            Plan.bundled(values)
                ? new ArgumentVector(OwnProgram.server())
                : values.get(Replicas.COMMAND);
        yield new ProcessRuntime(
            values.get(Replicas.SERVICE), command, Map.of(), directory, ground.ports());
      }
      case DOCKER -> DockerReplicas.of(values, ground.data().path());
      case STATIC -> targets(values);
    };
  }

  private static StaticRuntime targets(Values values) throws CannotStart {
    try {
      return new StaticRuntime(values.get(Replicas.TARGETS));
    } catch (IllegalArgumentException e) {
      throw new CannotStart("--targets: " + e.getMessage(), e);
    }
  }

  /// The targets of a service that has some, looked up.
  static List<Given> given(Values values) throws CannotStart {
    try {
      return Given.all(values.get(Replicas.TARGETS));
    } catch (IllegalArgumentException e) {
      throw new CannotStart("--targets: " + e.getMessage(), e);
    }
  }
}
