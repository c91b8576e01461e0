package dev.ringmaster.fleet.fixed;

import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Given targets: starts nothing and stops nothing. The fleet watches them, takes a silent one out
/// of the table and brings it back when it answers.
public final class StaticRuntime implements ReplicaRuntime {
  private final List<Instance> targets;
  private final Map<String, Double> weights = new HashMap<>();

  /// @param targets each of the form of [Target], distinct; host names are looked up once, here
  /// @throws IllegalArgumentException naming the target that cannot be used
  public StaticRuntime(List<String> targets) {
    List<Instance> instances = new ArrayList<>();
    double sum = 0;
    for (String text : targets) {
      Target target = Target.parse(text);
      if (weights.put(target.name(), target.weight()) != null) {
        throw new IllegalArgumentException("target '" + target.name() + "' is given twice");
      }
      instances.add(new Instance(target.name(), target.name(), address(target)));
      sum += target.weight();
    }
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("at least one target is needed: host:port");
    }
    if (sum == 0) {
      throw new IllegalArgumentException("at least one target needs a weight above 0");
    }
    this.targets = List.copyOf(instances);
  }

  private static InetSocketAddress address(Target target) {
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("target '" + target.name() + "': the host is not known");
    }
    return address;
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
    return targets;
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
