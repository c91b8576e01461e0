package dev.ringmaster.fleet.fixed;

import dev.ringmaster.fleet.runtime.Instance;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A target that can be used: its host was looked up.
///
/// @param weight 0 to 1, as the settings give it
public record Given(Instance instance, double weight) {

  /// The targets of a fleet.
  ///
  /// @param texts each of the form of [Target], distinct; host names are looked up once, here
  /// @throws IllegalArgumentException naming the target that cannot be used
  public static List<Given> all(List<String> texts) {
    List<Given> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    double sum = 0;
    for (String text : texts) {
      Target target = Target.parse(text);
      if (!names.add(target.name())) {
        throw new IllegalArgumentException("target '" + target.name() + "' is given twice");
      }
      all.add(
          new Given(new Instance(target.name(), target.name(), address(target)), target.weight()));
      sum += target.weight();
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("at least one target is needed: host:port");
    }
    if (sum == 0) {
      throw new IllegalArgumentException("at least one target needs a weight above 0");
    }
    return List.copyOf(all);
  }

  private static InetSocketAddress address(Target target) {
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("target '" + target.name() + "': the host is not known");
    }
    return address;
  }

  /// What it is called.
  public String name() {
    return instance.name();
  }
}
