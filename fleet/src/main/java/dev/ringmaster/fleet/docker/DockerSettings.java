package dev.ringmaster.fleet.docker;

import java.net.URI;
import java.util.Map;

/// What the containers of one service are made of.
///
/// @param service the service they belong to; the label `dev.ringmaster.service`
/// @param fleet tells this Ringmaster's containers from another's, the same at every start; the
///   label `dev.ringmaster.fleet`
/// @param image what they run
/// @param containerPort where they listen; `PORT` in their environment
/// @param network which they are on, by name; made if there is none
/// @param engine where the engine answers: `unix:///var/run/docker.sock`
/// @param environment added to the image's own; `SERVER_ID` and `PORT` come on top
public record DockerSettings(
    String service,
    String fleet,
    String image,
    int containerPort,
    String network,
    URI engine,
    Map<String, String> environment) {
  /// The network of the classic contract.
  public static final String NETWORK = "net1";

  /// The port of the classic contract.
  public static final int CONTAINER_PORT = 5000;

  /// Where an engine answers unless told otherwise.
  public static final URI ENGINE = URI.create("unix:///var/run/docker.sock");

  /// Copies the environment.
  public DockerSettings {
    environment = Map.copyOf(environment);
  }

  /// Settings with the contract's network and port, the usual engine and no environment.
  public static DockerSettings of(String service, String fleet, String image) {
    return new DockerSettings(service, fleet, image, CONTAINER_PORT, NETWORK, ENGINE, Map.of());
  }
}
