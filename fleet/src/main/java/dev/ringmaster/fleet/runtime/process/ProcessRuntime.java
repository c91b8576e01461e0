package dev.ringmaster.fleet.runtime.process;

import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs each replica as a process of this machine with a port of its own.
public final class ProcessRuntime implements ReplicaRuntime {

  /// @param service whose replicas these are
  /// @param command what is run, with places for port, name and id
  /// @param environment added to Ringmaster's own; `PORT` and `SERVER_ID` come on top
  /// @param directory for the replicas' output and records; created if need be
  public ProcessRuntime(
      String service, ArgumentVector command, Map<String, String> environment, Path directory)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onExit(Consumer<Exit> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Instance> adopt() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instance start(Launch launch) throws StartFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stop(Instance instance, Duration grace) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> lastOutput(Instance instance, int lines) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
