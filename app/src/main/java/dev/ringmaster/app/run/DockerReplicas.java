package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.fleet.docker.DockerRuntime;
import dev.ringmaster.fleet.docker.DockerSettings;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/// The Docker runtime with the settings given; a class of its own, so that none of it is loaded for
/// another runtime.
final class DockerReplicas {
  private static final int FLEET_ID_BYTES = 8;

  private DockerReplicas() {}

  static ReplicaRuntime of(Values values, Path data) throws CannotStart {
    DockerSettings settings =
        new DockerSettings(
            values.get(Replicas.SERVICE),
            fleetId(data),
            values.get(Replicas.IMAGE),
            values.get(Replicas.CONTAINER_PORT),
            values.get(Replicas.NETWORK),
            DockerSettings.ENGINE,
            Map.of());
    try {
      return DockerRuntime.connect(settings);
    } catch (StartFailure e) {
      throw new CannotStart(String.valueOf(e.getMessage()), e);
    }
  }

  /// Tells this data directory's containers from those of another; made of its secret, which it
  /// does not give away.
  private static String fleetId(Path data) throws CannotStart {
    byte[] secret = FleetSecret.of(data, new SecureRandom());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, FLEET_ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
