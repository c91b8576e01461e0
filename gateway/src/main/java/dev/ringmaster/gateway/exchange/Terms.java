package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.settings.ServiceLimits;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.settings.ServiceTimeouts;

/// What an exchange may use: its waits, in ticks of the loop's wheel, and its tries.
///
/// @param connect for a connection to a replica to stand
/// @param firstByte for the answer's first byte
/// @param idle for the next bytes of a body
/// @param heal for a replica to serve again
/// @param healNs the same in nanoseconds
/// @param tunnel for bytes of a tunnel
/// @param request for all of the request; 0 for no limit
/// @param tries distinct replicas that the request may be sent to
/// @param maxBodyBytes the largest body of a request
/// @param async whether it may wait in a queue if its client prefers that
record Terms(
    long connect,
    long firstByte,
    long idle,
    long heal,
    long healNs,
    long tunnel,
    long request,
    int tries,
    long maxBodyBytes,
    boolean async) {

  /// The same for a message, of which nothing has to be waited for and whose size was judged
  /// before. All of it takes so many ticks and a little more, so that a replica which does not
  /// begin to answer is noticed as such, and not only that time is over.
  Terms within(long ticks) {
    long all = ticks + 2;
    return new Terms(
        connect, ticks, idle, heal, healNs, tunnel, all, tries, ServiceLimits.ANY_SIZE, false);
  }

  static Terms of(ServiceSettings settings, Waits waits) {
    ServiceTimeouts timeouts = settings.timeouts();
    return new Terms(
        waits.ticks(timeouts.connect()),
        waits.ticks(timeouts.firstByte()),
        waits.ticks(timeouts.idle()),
        waits.ticks(timeouts.heal()),
        timeouts.heal().toNanos(),
        waits.ticks(timeouts.tunnel()),
        timeouts.request().isZero() ? 0 : waits.ticks(timeouts.request()),
        settings.retry().tries(),
        settings.limits().maxBodyBytes(),
        settings.respondAsync());
  }
}
