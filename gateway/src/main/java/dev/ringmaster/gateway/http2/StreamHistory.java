package dev.ringmaster.gateway.http2;

import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;

/// The newest streams that the peer opened, so that a late HEADERS frame can be judged: the codec
/// forgets a stream when it closes. Ids only grow (RFC 9113, 5.1.1), so the newest are a ring.
final class StreamHistory extends Http2ConnectionAdapter {
  /// Streams that are remembered: more than a peer may have open at once. A power of two.
  private static final int REMEMBERED = 256;

  private static final int ENDED = 1;

  /// Ids, doubled, with [#ENDED] once the peer has ended the stream.
  private final int[] ring = new int[REMEMBERED];

  private int next;
  private int highest;

  @Override
  public void onStreamActive(Http2Stream stream) {
    highest = Math.max(highest, stream.id());
    ring[next] = stream.id() << 1;
    next = (next + 1) & (REMEMBERED - 1);
    onStreamHalfClosed(stream);
  }

  @Override
  public void onStreamHalfClosed(Http2Stream stream) {
    if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
      int at = find(stream.id());
      ring[Math.max(at, 0)] |= at < 0 ? 0 : ENDED;
    }
  }

  /// Whether the peer has ended that stream.
  boolean ended(int id) {
    int at = find(id);
    return at >= 0 && (ring[at] & ENDED) != 0;
  }

  /// Whether the peer has passed over that id, which closes it for ever.
  boolean passedOver(int id) {
    int oldest = ring[next] >> 1;
    return id < highest && id > oldest && find(id) < 0;
  }

  private int find(int id) {
    for (int i = 0; i < REMEMBERED; i++) {
      if (ring[i] >> 1 == id) {
        return i;
      }
    }
    return -1;
  }
}
