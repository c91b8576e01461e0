package dev.ringmaster.gateway.exchange;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps clients that take nothing from using up the memory of all: while more than two fifths of
/// the direct memory are in use, those are closed that have bytes waiting and took none of them
/// since the last look. Each connection alone is bounded by its water marks; many together are not.
///
/// Without it a buffer that cannot be had ends the event loop, and with it everybody's connections.
final class Shedding {
  private static final Logger LOG = LoggerFactory.getLogger(Shedding.class);

  private final PooledByteBufAllocator allocator;
  private final long mostBytes;
  private IdentityHashMap<Client, Long> before = new IdentityHashMap<>();

  Shedding(PooledByteBufAllocator allocator) {
    this(allocator, PlatformDependent.maxDirectMemory() / 5 * 2);
  }

  /// @param mostBytes in use, above which clients are looked at
  Shedding(PooledByteBufAllocator allocator, long mostBytes) {
    this.allocator = allocator;
    this.mostBytes = mostBytes;
  }

  /// What a channel has not given to its socket yet.
  static long backlogBytes(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes();
  }

  /// Looks at the clients if memory is short, and closes those that are stuck.
  ///
  /// @return how many were closed
  int look(Collection<Client> clients) {
    if (allocator.pinnedDirectMemory() <= mostBytes) {
      before.clear();
      return 0;
    }
    IdentityHashMap<Client, Long> now = new IdentityHashMap<>();
    List<Client> stuck = new ArrayList<>();
    for (Client client : clients) {
      long bytes = client.backlogBytes();
      @Nullable Long earlier = before.get(client);
      if (bytes > 0 && earlier != null && bytes >= earlier) {
        stuck.add(client);
      } else if (bytes > 0) {
        now.put(client, bytes);
      }
    }
    before = now;
    stuck.forEach(Client::close);
    if (!stuck.isEmpty()) {
      LOG.warn("memory is short: closed {} clients that take nothing", stuck.size());
    }
    return stuck.size();
  }
}
