package dev.ringmaster.lab;

import java.util.Locale;

/// The four experiments of the contract, section 4.
public enum Experiment {
  /// Requests handled by each replica.
  A1,
  /// Load a replica while the fleet grows.
  A2,
  /// Endpoints, and replicas killed under load.
  A3,
  /// The first two with other schemes and hash functions.
  A4;

  /// The experiment of a name like `A-1`, `a1`.
  ///
  /// @throws IllegalArgumentException names the four
  public static Experiment named(String name) {
    String plain = name.strip().replace("-", "").toUpperCase(Locale.ROOT);
    for (Experiment experiment : values()) {
      if (experiment.name().equals(plain)) {
        return experiment;
      }
    }
    throw new IllegalArgumentException(
        "'" + name + "' is no experiment; there are A-1, A-2, A-3 and A-4");
  }
}
