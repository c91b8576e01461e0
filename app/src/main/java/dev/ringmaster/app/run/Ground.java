package dev.ringmaster.app.run;

import dev.ringmaster.fleet.process.Ports;
import dev.ringmaster.fleet.store.DataDirectory;
import java.util.random.RandomGenerator;

/// What all services of a Ringmaster stand on.
final class Ground {
  private final DataDirectory data;
  private final byte[] secret;
  private final Ports ports;
  private final RandomGenerator random;

  private Ground(DataDirectory data, byte[] secret, RandomGenerator random) {
    this.data = data;
    this.secret = secret;
    this.ports = new Ports(random);
    this.random = random;
  }

  /// The ground in a data directory.
  static Ground in(DataDirectory data, RandomGenerator random) throws CannotStart {
    return new Ground(data, FleetSecret.of(data.path(), random), random);
  }

  /// The directory for all state.
  DataDirectory data() {
    return data;
  }

  /// The secret of the key hash.
  byte[] secret() {
    return secret;
  }

  /// The ports for replicas that are processes.
  Ports ports() {
    return ports;
  }

  /// For names, draws and jitter.
  RandomGenerator random() {
    return random;
  }
}
