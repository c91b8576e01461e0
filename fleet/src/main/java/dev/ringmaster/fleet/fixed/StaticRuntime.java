package dev.ringmaster.fleet.fixed;

import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Given targets: starts nothing and stops nothing. The fleet watches them, takes a silent one out
/// of the table and brings it back when it answers.
public final class StaticRuntime implements ReplicaRuntime {
  private final List<Instance> targets;

  /// @param targets each `host:port` or `[v6]:port`, distinct; host names are looked up once, here
  /// @throws IllegalArgumentException naming the target that cannot be used
  public StaticRuntime(List<String> targets) {
    Set<String> seen = new HashSet<>();
    List<Instance> instances = new ArrayList<>();
    for (String target : targets) {
      if (!seen.add(target)) {
        throw new IllegalArgumentException("target '" + target + "' is given twice");
      }
      instances.add(new Instance(target, target, parse(target)));
    }
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("at least one target is needed: host:port");
    }
    this.targets = List.copyOf(instances);
  }

  private static InetSocketAddress parse(String target) {
    int colon = target.lastIndexOf(':');
    String host = colon < 0 ? "" : target.substring(0, colon);
    String port = target.substring(colon + 1);
    if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException("target '" + target + "' is not of the form host:port");
    }
    InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("target '" + target + "': the host is not known");
    }
    return address;
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
