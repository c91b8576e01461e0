package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.Connection;
import dev.ringmaster.lab.load.LoadPlan;
import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.load.RunningLoad;
import dev.ringmaster.lab.product.Program;
import dev.ringmaster.lab.product.ReplicaKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// What all experiments share.
///
/// @param program how Ringmaster is run
/// @param kind what its replicas are, where it starts them itself
/// @param replicas N of
/// @param requests requests a measurement
/// @param connections keep-alive connections that carry them
/// @param seed of the request ids
/// @param quick whether to do with fewer repetitions and configurations
/// @param progress who hears of each step
public record Bench(
    Program program,
    ReplicaKind kind,
    int replicas,
    int requests,
    int connections,
    long seed,
    boolean quick,
    Progress progress) {

  /// The header that carries the request id where the key is not drawn by Ringmaster.
  static final String KEY_HEADER = "X-Request-Id";

  private static final int FIRST_ID = 100_000;
  private static final int LAST_ID = 999_999;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final byte[] HOME = Connection.request("GET", "/home", "");

  /// The request ids of one measurement: uniform 6-digit numbers, the same for each measurement.
  int[] requestIds() {
    RandomGenerator random = new java.util.SplittableRandom(seed);
    return random.ints(requests, FIRST_ID, LAST_ID + 1).toArray();
  }

  /// Sends `requests` GETs of `/home` as fast as they are answered and waits for all.
  LoadResult send(InetSocketAddress target) throws InterruptedException {
    return RunningLoad.start(plan(target, LoadPlan.AS_FAST_AS_ANSWERED), System::nanoTime).result();
  }

  /// The same with a request id in each.
  LoadResult sendKeyed(InetSocketAddress target, int[] ids) throws InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            target,
            requests,
            connections,
            LoadPlan.AS_FAST_AS_ANSWERED,
            TIMEOUT,
            i -> keyed(ids[(int) i]));
    return RunningLoad.start(plan, System::nanoTime).result();
  }

  /// `requests` GETs of `/home` at a fixed rate.
  LoadPlan plan(InetSocketAddress target, int perSecond) {
    return new LoadPlan(target, requests, connections, perSecond, TIMEOUT, _ -> HOME);
  }

  private static byte[] keyed(int id) {
    return Connection.request("GET", "/home", KEY_HEADER + ": " + id + "\r\n");
  }
}
