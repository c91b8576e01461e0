package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Map;
import java.util.Optional;

/// The network that the replicas are on, and Ringmaster with them if it runs in a container.
final class Network {
  private final DockerClient client;
  private final String name;
  private final String fleet;

  Network(DockerClient client, DockerSettings settings) {
    this.client = client;
    this.name = settings.network();
    this.fleet = settings.fleet();
  }

  /// Makes the network if there is none, and joins it if this program runs in a container of the
  /// same engine that is not on it.
  void provide() {
    if (!exists()) {
      make();
    }
    ownContainer()
        .filter(own -> !isOn(own))
        .ifPresent(own ->
            client.connectToNetworkCmd().withNetworkId(name).withContainerId(own.getId()).exec());
  }

  /// Removes the network if this fleet made it and nothing but Ringmaster itself is on it.
  void withdraw() {
    try {
      Map<String, String> labels =
          client.inspectNetworkCmd().withNetworkId(name).exec().getLabels();
      if (labels == null || !fleet.equals(labels.get(Labels.FLEET))) {
        return;
      }
      Optional<InspectContainerResponse> own = ownContainer().filter(this::isOn);
      own.ifPresent(this::leave);
      try {
        client.removeNetworkCmd(name).exec();
      } catch (DockerException inUse) {
        own.ifPresent(self ->
            client.connectToNetworkCmd().withNetworkId(name).withContainerId(self.getId()).exec());
      }
    } catch (NotFoundException gone) {
      // Someone else removed it.
    }
  }

  private boolean exists() {
    try {
      client.inspectNetworkCmd().withNetworkId(name).exec();
      return true;
    } catch (NotFoundException none) {
      return false;
    }
  }

  private void make() {
    try {
      client
          .createNetworkCmd()
          .withName(name)
          .withDriver("bridge")
          .withCheckDuplicate(true)
          .withLabels(Map.of(Labels.FLEET, fleet))
          .exec();
    } catch (ConflictException made) {
      // Someone made it in between.
    }
  }

  private void leave(InspectContainerResponse own) {
    client.disconnectFromNetworkCmd().withNetworkId(name).withContainerId(own.getId()).exec();
  }

  private boolean isOn(InspectContainerResponse container) {
    return container.getNetworkSettings().getNetworks().containsKey(name);
  }

  /// The container this program runs in; empty if in none, or in one of another engine.
  private Optional<InspectContainerResponse> ownContainer() {
    try {
      return OwnContainer.id().map(id -> client.inspectContainerCmd(id).exec());
    } catch (NotFoundException elsewhere) {
      return Optional.empty();
    }
  }
}
