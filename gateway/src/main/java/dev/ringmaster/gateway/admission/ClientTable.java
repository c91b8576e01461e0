package dev.ringmaster.gateway.admission;

import dev.ringmaster.gateway.admission.ClientEntry.Listed;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The clients of all event loops, by address. An entry lives as long as a connection holds it, and
/// then until its allowance is whole again. So the table has at most one entry for each open
/// connection, which are bounded, and [#MOST_IDLE] besides. When there would be more, the client
/// that has been gone for longest is forgotten: it gets its burst again early. So neither many
/// addresses nor many connections shut anyone else out.
///
/// Touched when a connection opens or closes, not for each request. Safe for any thread.
public final class ClientTable {
  /// Clients that are remembered without a connection; at some 150 bytes each, 10 MB.
  public static final int MOST_IDLE = 65_536;

  /// Idle clients looked at for each new connection: more than one, so that the line shrinks.
  private static final int LOOKED_AT = 2;

  private final int mostConnections;
  private final int mostIdle;
  private final ConcurrentMap<Long, ClientEntry> clients = new ConcurrentHashMap<>();
  private final Queue<ClientEntry> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  /// A table without entries.
  ///
  /// @param mostConnections of one client; 0 for no limit
  /// @param mostIdle clients remembered without a connection
  public ClientTable(int mostConnections, int mostIdle) {
    this.mostConnections = mostConnections == 0 ? Integer.MAX_VALUE : mostConnections;
    this.mostIdle = mostIdle;
  }

  /// A client opens a connection and holds its entry until [#disconnect]; null if it has as many
  /// connections as it may.
  public @Nullable ClientEntry connect(long key, long nowNs) {
    ClientEntry client = hold(key, nowNs);
    if (client.connect(mostConnections)) {
      return client;
    }
    release(client, nowNs);
    return null;
  }

  /// A connection that [#connect] let in is closed.
  public void disconnect(ClientEntry client, long nowNs) {
    client.disconnect();
    release(client, nowNs);
  }

  /// The entry of a client, until [#release]; for who speaks over the connection of a proxy.
  public ClientEntry hold(long key, long nowNs) {
    for (int i = 0; i < LOOKED_AT; i++) {
      forgetOldest(nowNs);
    }
    return clients.compute(
        key,
        (same, known) -> {
          ClientEntry client = known == null ? new ClientEntry(same, nowNs) : known;
          client.holders++;
          return client;
        });
  }

  /// An entry is no longer held by who called [#hold].
  public void release(ClientEntry client, long nowNs) {
    clients.compute(client.key(), (key, known) -> released(client, nowNs));
    while (idleCount.get() > mostIdle && forgetOldest(nowNs)) {}
  }

  private @Nullable ClientEntry released(ClientEntry client, long nowNs) {
    client.holders--;
    if (client.holders > 0) {
      return client;
    }
    if (client.listed == Listed.NO && client.whole(nowNs)) {
      return null;
    }
    if (client.listed == Listed.NO) {
      client.listed = Listed.YES;
      idleCount.incrementAndGet();
      idle.add(client);
    }
    return client;
  }

  /// Takes the one that has been in the line for longest out of it, and forgets it if nobody holds
  /// it and it is whole or there are too many. Else it goes to the end. False if the line is empty.
  private boolean forgetOldest(long nowNs) {
    ClientEntry oldest = idle.poll();
    if (oldest == null) {
      return false;
    }
    int left = idleCount.decrementAndGet();
    boolean tooMany = left >= mostIdle;
    clients.compute(oldest.key(), (key, known) -> unlisted(oldest, tooMany, nowNs));
    return true;
  }

  private @Nullable ClientEntry unlisted(ClientEntry oldest, boolean tooMany, long nowNs) {
    oldest.listed = Listed.NO;
    if (oldest.holders > 0) {
      return oldest;
    }
    if (tooMany || oldest.whole(nowNs)) {
      return null;
    }
    oldest.listed = Listed.YES;
    idleCount.incrementAndGet();
    idle.add(oldest);
    return oldest;
  }

  /// How many clients it knows.
  public int size() {
    return clients.size();
  }
}
