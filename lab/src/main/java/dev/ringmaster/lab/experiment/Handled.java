package dev.ringmaster.lab.experiment;

import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.lab.product.Ringmaster;
import dev.ringmaster.lab.product.Status;
import dev.ringmaster.lab.theory.Expectation;
import dev.ringmaster.ring.Scheme;
import java.util.ArrayList;
import java.util.List;

/// who handles how many requests, for the default and for the classic scheme, with
/// replicas that Ringmaster starts itself and keys that it draws itself.
public final class Handled {
  /// The schemes that both experiments compare.
  public static final List<String> SCHEMES = List.of("seats", "classic");

  private static final String DRAWN = "drawn at random";

  private Handled() {}

  /// one measurement for each scheme, at the bench's N.
  public static List<BalanceRun> atOneSize(Bench bench)
      throws ProductFailure, InterruptedException {
    List<BalanceRun> runs = new ArrayList<>();
    for (String scheme : SCHEMES) {
      bench.progress().step("A-1: %s, N = %d".formatted(scheme, bench.replicas()));
      try (Ringmaster ringmaster = up(bench, scheme, bench.replicas())) {
        runs.add(measure(bench, ringmaster, scheme));
      }
    }
    return runs;
  }

  /// for each scheme one Ringmaster that grows from the first size to the last by `/add`, one
  /// measurement a size.
  public static List<BalanceRun> whileGrowing(Bench bench, int firstSize, int lastSize)
      throws ProductFailure, InterruptedException {
    List<BalanceRun> runs = new ArrayList<>();
    for (String scheme : SCHEMES) {
      try (Ringmaster ringmaster = up(bench, scheme, firstSize)) {
        for (int size = firstSize; size <= lastSize; size++) {
          bench.progress().step("A-2: %s, N = %d".formatted(scheme, size));
          growTo(ringmaster, size, firstSize);
          runs.add(measure(bench, ringmaster, scheme));
        }
      }
    }
    return runs;
  }

  /// Adds the replica that makes the size; nothing is added for the first one.
  private static void growTo(Ringmaster ringmaster, int size, int firstSize)
      throws ProductFailure, InterruptedException {
    if (size > firstSize) {
      String add = "{\"n\":1,\"hostnames\":[\"S%d\"]}".formatted(size);
      ringmaster.control().command("/api/add", add);
    }
  }

  private static Ringmaster up(Bench bench, String scheme, int replicas)
      throws ProductFailure, InterruptedException {
    List<String> options = new ArrayList<>(bench.kind().options());
    options.addAll(List.of("--replicas", Integer.toString(replicas), "--scheme", scheme));
    return Ringmaster.up(bench.program(), options);
  }

  private static BalanceRun measure(Bench bench, Ringmaster ringmaster, String name)
      throws ProductFailure, InterruptedException {
    List<String> ids =
        ringmaster.control().status().replicas().stream()
            .map(Status.ReplicaStatus::name)
            .map(Launch::serverIdOf)
            .toList();
    Scheme scheme = Scheme.named(name);
    LoadResult result = bench.send(ringmaster.traffic());
    double spread = Expectation.spread(scheme, ids.size(), bench.requests());
    List<Double> shares = Expectation.shares(scheme, ids.size());
    return BalanceRun.of(new BalanceRun.Aim(name, DRAWN, ids, shares, spread), result);
  }
}
