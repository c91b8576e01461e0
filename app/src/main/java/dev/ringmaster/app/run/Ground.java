package dev.ringmaster.app.run;

import dev.ringmaster.fleet.process.Ports;
import dev.ringmaster.fleet.store.DataDirectory;
import java.util.random.RandomGenerator;

/// What all services of a Ringmaster stand on.
///
/// @param data the directory for all state
/// @param secret of the key hash
/// @param ports for replicas that are processes
/// @param random for names, draws and jitter
@SuppressWarnings(
    "ArrayRecordComponent") // made once and never compared; the secret has no text form
record Ground(DataDirectory data, byte[] secret, Ports ports, RandomGenerator random) {

  /// The ground in a data directory.
  static Ground in(DataDirectory data, RandomGenerator random) throws CannotStart {
    return new Ground(data, FleetSecret.of(data.path(), random), new Ports(random), random);
  }
}
