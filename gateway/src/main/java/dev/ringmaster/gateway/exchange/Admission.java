package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.admission.ClientEntry;
import dev.ringmaster.gateway.admission.ClientTable;
import dev.ringmaster.gateway.http1.Answers.Failure;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.settings.ClientLimits;
import dev.ringmaster.gateway.settings.Rate;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What one client may do, asked by one event loop; the table is the same for all.
final class Admission {
  private final ClientTable table;
  private final @Nullable Rate rate;
  private final LongSupplier nanos;

  Admission(ClientTable table, ClientLimits limits, LongSupplier nanos) {
    this.table = table;
    this.rate = limits.requestsPerClient();
    this.nanos = nanos;
  }

  /// A client opens a connection; null if it has as many as it may.
  @Nullable ClientEntry connect(byte[] address) {
    return table.connect(ClientEntry.keyOf(address), nanos.getAsLong());
  }

  /// A connection that was let in is closed.
  void disconnect(ClientEntry entry) {
    table.disconnect(entry, nanos.getAsLong());
  }

  /// The entry that a connection keeps, for its requests; null if their rate has no limit.
  @Nullable ClientEntry hold(byte[] address) {
    return rate == null ? null : table.hold(ClientEntry.keyOf(address), nanos.getAsLong());
  }

  void release(ClientEntry entry) {
    table.release(entry, nanos.getAsLong());
  }

  /// Takes a request of the client at the address from its allowance.
  ///
  /// @param kept the entry of the connection, which is another's if a proxy speaks for the client
  /// @return 0 if the request may go on, else after how many seconds the client may come again
  long take(ClientEntry kept, byte[] address) {
    long key = ClientEntry.keyOf(address);
    if (key == kept.key()) {
      return take(kept);
    }
    ClientEntry other = table.hold(key, nanos.getAsLong());
    long wait = take(other);
    release(other);
    return wait;
  }

  /// Answers a request beyond its client's rate here, and the connection goes on; false if the
  /// request may.
  boolean refuses(Lane lane, ClientConnection client, ClientEntry kept) {
    long waitS = take(kept, client.address());
    if (waitS > 0) {
      refuse(lane, client, waitS);
    }
    return waitS > 0;
  }

  private void refuse(Lane lane, ClientConnection client, long waitS) {
    Persistence persistence = client.persistence();
    String reason = "too many requests of this client";
    Map<String, String> headers = Map.of("Retry-After", Long.toString(waitS));
    client.fail(new Failure(429, reason, headers), persistence, client.head().method());
    lane.ledger().requestRefused();
    lane.ledger().unrouted(429);
    if (lane.lines() != null) {
      lane.log(client.line(429, 0, reason));
    }
    client.turnOver(persistence);
  }

  private long take(ClientEntry entry) {
    long nowNs = nanos.getAsLong();
    Rate limit = Objects.requireNonNull(rate);
    return entry.take(limit, nowNs) ? 0 : entry.retryAfterS(limit, nowNs);
  }
}
