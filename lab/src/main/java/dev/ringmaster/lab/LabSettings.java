package dev.ringmaster.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the lab is to do.
///
/// @param program the argument vector that runs Ringmaster, before its subcommand
/// @param out the directory of the report; made if it is missing
/// @param experiments which of the four
/// @param requests requests a measurement, 100 to 10,000,000
/// @param connections keep-alive connections that carry them, 1 to 10,000
/// @param replicas N of, 2 to 39
/// @param image the replicas' image, for containers; null for processes
/// @param seed of the request ids
/// @param quick whether to do with fewer repetitions and configurations
public record LabSettings(
    List<String> program,
    Path out,
    Set<Experiment> experiments,
    int requests,
    int connections,
    int replicas,
    @Nullable String image,
    long seed,
    boolean quick) {

  /// The contract's count.
  public static final int USUAL_REQUESTS = 10_000;

  /// Enough for stable shares in a quick run.
  public static final int QUICK_REQUESTS = 1_000;

  public static final int USUAL_CONNECTIONS = 100;
  public static final int USUAL_REPLICAS = 3;
  public static final long USUAL_SEED = 1;

  /// The classic ring of 512 slots holds 56 servers; quadratic probing fails at the 40th.
  private static final int MAX_REPLICAS = 39;

  private static final int MAX_REQUESTS = 10_000_000;
  private static final int MAX_CONNECTIONS = 10_000;

  public LabSettings {
    program = List.copyOf(program);
    experiments = Set.copyOf(experiments);
    within("requests", requests, 100, MAX_REQUESTS);
    within("connections", connections, 1, MAX_CONNECTIONS);
    within("replicas", replicas, 2, MAX_REPLICAS);
    if (program.isEmpty() || experiments.isEmpty()) {
      throw new IllegalArgumentException("the lab needs a program and at least one experiment");
    }
  }

  private static void within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; it must be %d to %d".formatted(what, value, least, most));
    }
  }
}
