package dev.ringmaster.lab.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongFunction;

/// What load to make.
///
/// @param target where the requests go
/// @param requests the most requests that are sent
/// @param connections how many keep-alive connections carry them, side by side
/// @param perSecond the fixed rate, or [#AS_FAST_AS_ANSWERED]
/// @param timeout for connecting and for each wait for bytes
/// @param request the bytes of the i-th request, from 0; called from many threads
public record LoadPlan(
    InetSocketAddress target,
    int requests,
    int connections,
    int perSecond,
    Duration timeout,
    LongFunction<byte[]> request) {

  /// The rate of a closed loop: each connection sends its next request when it has its answer.
  public static final int AS_FAST_AS_ANSWERED = 0;

  /// More connections than one machine's ports allow to one target.
  public static final int MAX_CONNECTIONS = 20_000;

  public LoadPlan {
    if (requests < 1 || connections < 1 || connections > MAX_CONNECTIONS || perSecond < 0) {
      throw new IllegalArgumentException(
          "requests %d, connections %d (1 to %d), per second %d"
              .formatted(requests, connections, MAX_CONNECTIONS, perSecond));
    }
  }

  /// When the i-th request is due, in nanoseconds after the start; 0 for a closed loop.
  long dueNs(long i) {
    return perSecond == AS_FAST_AS_ANSWERED ? 0 : i * 1_000_000_000L / perSecond;
  }
}
