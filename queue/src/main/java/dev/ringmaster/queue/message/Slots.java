package dev.ringmaster.queue.message;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/// The way from a key to its lane and its slot, the same for ever and in every language.
///
/// ```
/// lane = XXH3-64 (seed 0) over the queue's name in UTF-8, one zero byte, the key's bytes
/// slot = the top 12 bits of the lane: lane >>> 52
/// ```
///
/// Messages of one key are one lane. Two keys whose lanes collide share one, which costs them their
/// independence and nothing else.
public final class Slots {
  /// Slots of a queue, for ever; shards are ranges of them.
  public static final int COUNT = 4096;

  /// Bits of a lane behind its slot.
  public static final int LANE_SHIFT = 52;

  private static final Hasher64 XXH3 = Hashing.xxh3_64();

  private Slots() {}

  /// The lane of a key.
  public static long lane(String queue, byte[] key) {
    HashStream64 stream = XXH3.hashStream();
    stream.putBytes(queue.getBytes(StandardCharsets.UTF_8)).putByte((byte) 0).putBytes(key);
    return stream.getAsLong();
  }

  /// The slot of a lane, 0 to 4095.
  public static int slot(long lane) {
    return (int) (lane >>> LANE_SHIFT);
  }
}
