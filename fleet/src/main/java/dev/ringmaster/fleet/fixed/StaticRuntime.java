package dev.ringmaster.fleet.fixed;

import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Given targets: starts nothing and stops nothing. The fleet watches them, takes a silent one out
/// of the table and brings it back when it answers.
public final class StaticRuntime implements ReplicaRuntime {
  private final List<Instance> targets = new ArrayList<>();
  private final Map<String, Double> weights = new HashMap<>();

  /// @param texts as [Given#all] takes them
  /// @throws IllegalArgumentException naming the target that cannot be used
  public StaticRuntime(List<String> texts) {
    for (Given given : Given.all(texts)) {
      targets.add(given.instance());
      weights.put(given.name(), given.weight());
    }
  }

  @Override
  public double weight(Instance instance) {
    return weights.getOrDefault(instance.name(), 1.0);
  }

  @Override
  public boolean fixed() {
    return true;
  }

  /// Never called back: nobody tells when a target ends, its heartbeats do.
  @Override
  public void onExit(Consumer<Exit> listener) {}

  @Override
  public List<Instance> adopt() {
    return List.copyOf(targets);
  }

  @Override
  public Instance start(Launch launch) throws StartFailure {
    throw new StartFailure("static targets are not started by Ringmaster");
  }

  @Override
  public void stop(Instance instance, Duration grace) {}

  @Override
  public List<String> lastOutput(Instance instance, int lines) {
    return List.of();
  }

  @Override
  public void close() {}
}
