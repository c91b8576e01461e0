package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.product.BundledServer;
import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.lab.product.Ringmaster;
import dev.ringmaster.lab.theory.BallsInBins;
import dev.ringmaster.lab.theory.Expectation;
import dev.ringmaster.lab.theory.RandomPoints;
import dev.ringmaster.ring.hash.HashFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A-4: A-1 and A-2 again for every scheme and hash function.
///
/// The replicas are started once; for each configuration a Ringmaster with these targets stands in
/// front of them, and the request id in a header is the key.
public final class Schemes {
  private static final int FIRST_SIZE = 2;
  private static final int LAST_SIZE = 6;
  private static final int MIDDLE_SIZE = 3;
  private static final String USUAL_HASH = "xxh3";
  private static final String KEYED_HASH = "siphash";

  /// The hash functions, the classic polynomials as one of them.
  private static final List<String> HASHES =
      List.of(USUAL_HASH, KEYED_HASH, "md5", "sha256", "fnv1a", "murmur3", "polynomial:1,2,17");

  /// Schemes that are measured through the product with every hash function.
  private static final List<String> HASH_SCHEMES = List.of("seats", "ring");

  private static final int RANDOM_RINGS = 2000;
  private static final int CLASSIC_SLOTS = 512;

  /// The contract's count of requests, to which its numbers belong.
  private static final int CONTRACT_REQUESTS = 10_000;

  private Schemes() {}

  /// One configuration that is measured through the product.
  private record Setup(Contender contender, String hash, int size) {}

  /// How many steps of progress A-4 takes.
  public static int steps(boolean quick) {
    return setups(quick).size() + 2;
  }

  /// Runs all of A-4.
  public static Contest run(Bench bench) throws ProductFailure, InterruptedException {
    int[] ids = bench.requestIds();
    bench.progress().step("A-4: starts the replicas");
    List<BundledServer> servers = new ArrayList<>();
    try {
      for (int id = 1; id <= LAST_SIZE; id++) {
        servers.add(BundledServer.start(bench.program(), Integer.toString(id)));
      }
      for (BundledServer server : servers) {
        server.awaitHeartbeat();
      }
      List<String> targets = servers.stream().map(BundledServer::target).toList();
      List<Contest.Match> measured = new ArrayList<>();
      for (Setup setup : setups(bench.quick())) {
        measured.add(measure(bench, setup, targets, ids));
      }
      bench.progress().step("A-4: computes all schemes and hash functions");
      return new Contest(
          measured, computed(targets, ids), moved(targets, bench.seed()), references(bench.seed()));
    } finally {
      servers.forEach(BundledServer::close);
    }
  }

  private static List<Setup> setups(boolean quick) {
    List<Setup> setups = new ArrayList<>();
    for (Contender contender : Contender.all()) {
      int first = quick ? MIDDLE_SIZE : FIRST_SIZE;
      int last = quick ? MIDDLE_SIZE : LAST_SIZE;
      IntStream.rangeClosed(first, last)
          .forEach(size -> setups.add(new Setup(contender, USUAL_HASH, size)));
      if (HASH_SCHEMES.contains(contender.name())) {
        otherHashes(quick).forEach(hash -> setups.add(new Setup(contender, hash, MIDDLE_SIZE)));
      }
    }
    return setups;
  }

  /// One is enough to see that the product heeds the setting.
  private static List<String> otherHashes(boolean quick) {
    return quick ? List.of("md5") : HASHES.subList(1, HASHES.size());
  }

  private static Contest.Match measure(Bench bench, Setup setup, List<String> targets, int[] ids)
      throws ProductFailure, InterruptedException {
    bench
        .progress()
        .step("A-4: %s, %s, N = %d".formatted(setup.contender.name(), setup.hash, setup.size));
    List<String> used = targets.subList(0, setup.size);
    List<String> options = new ArrayList<>(setup.contender.options(bench.program().scratch()));
    options.addAll(List.of("--targets", String.join(",", used), "--hash", setup.hash));
    options.addAll(List.of("--key", "header:" + Bench.KEY_HEADER, "--bound", "off"));
    try (Ringmaster ringmaster = Ringmaster.up(bench.program(), options)) {
      LoadResult result = bench.sendKeyed(ringmaster.traffic(), ids);
      Computed computed = Computed.of(setup.contender, hash(setup.hash), used, ids);
      return new Contest.Match(
          BalanceRun.of(aim(setup, bench.requests()), result),
          computed,
          !setup.hash.equals(KEYED_HASH));
    }
  }

  private static BalanceRun.Aim aim(Setup setup, int requests) {
    List<String> ids = IntStream.rangeClosed(1, setup.size).mapToObj(Integer::toString).toList();
    return new BalanceRun.Aim(
        setup.contender.name(),
        setup.hash,
        ids,
        Expectation.shares(setup.contender.scheme(), setup.size),
        Expectation.spread(setup.contender.scheme(), setup.size, requests));
  }

  private static List<Computed> computed(List<String> targets, int[] ids) {
    List<Computed> all = new ArrayList<>();
    for (Contender contender : Contender.all()) {
      for (String hash : HASHES) {
        for (int size = FIRST_SIZE; size <= LAST_SIZE; size++) {
          all.add(Computed.of(contender, hash(hash), targets.subList(0, size), ids));
        }
      }
    }
    return all;
  }

  private static List<Moved> moved(List<String> targets, long seed) {
    return Contender.all().stream()
        .flatMap(contender -> Moved.of(contender, targets, seed).stream())
        .toList();
  }

  private static List<Contest.Reference> references(long seed) {
    List<Contest.Reference> references = new ArrayList<>();
    references.add(
        new Contest.Reference(
            "sampling noise alone", 47, BallsInBins.noise(CONTRACT_REQUESTS, MIDDLE_SIZE)));
    references.add(reference("random functions, K = 9", 746, 9, seed));
    references.add(reference("random functions, K = 100", 145, 100, seed));
    return references;
  }

  private static Contest.Reference reference(String what, double contract, int points, long seed) {
    RandomPoints.Ring ring =
        new RandomPoints.Ring(CLASSIC_SLOTS, MIDDLE_SIZE, points, CONTRACT_REQUESTS);
    SplittableRandom random = new SplittableRandom(seed);
    return new Contest.Reference(
        what, contract, RandomPoints.slottedSpread(ring, RANDOM_RINGS, random));
  }

  /// The product's function; of the keyed one a stand-in with a secret of zeros, equal in spread.
  private static HashFunction hash(String name) {
    return HashFunction.named(name, new byte[HashFunction.SECRET_BYTES], null);
  }
}
