package dev.ringmaster.fleet.docker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The labels that tell what is ours.
final class Labels {
  /// On a container: the service it is a replica of.
  static final String SERVICE = "dev.ringmaster.service";

  /// On a container: the fleet it belongs to. On a network: the fleet that made it.
  static final String FLEET = "dev.ringmaster.fleet";

  private Labels() {}

  static Map<String, String> ofContainer(DockerSettings settings) {
    return Map.of(SERVICE, settings.service(), FLEET, settings.fleet());
  }

  static boolean isOurs(@Nullable Map<String, String> labels, DockerSettings settings) {
    return labels != null && labels.entrySet().containsAll(ofContainer(settings).entrySet());
  }
}
