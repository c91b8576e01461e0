package dev.ringmaster.queue.store;

import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/// Values as bytes of a database, all big-endian, so that bytes compare as the values do.
///
/// ```
/// a message's id    0 ┌──────────────┐ 8 ┌──────────────┐ 16
///                     │ high         │   │ low          │
/// a slot table      0 ┌───────┐ 2 ┌───────┐ … ┌──────────┐ 8192
///                     │ shard │   │ shard │   │ shard of │
///                     │ of  0 │   │ of  1 │   │ 4095     │
/// ```
public final class Packed {
  private Packed() {}

  /// An id's bytes.
  public static byte[] id(MessageId id) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(id.high()).putLong(id.low()).array();
  }

  /// From what the other one gave.
  public static MessageId id(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new MessageId(buffer.getLong(), buffer.getLong());
  }

  /// A table's bytes.
  public static byte[] slots(SlotTable table) {
    ByteBuffer buffer = ByteBuffer.allocate(Slots.COUNT * Short.BYTES);
    for (int shard : table.toArray()) {
      buffer.putShort((short) shard);
    }
    return buffer.array();
  }

  /// From what the other one gave.
  ///
  /// @throws IllegalArgumentException if it is none
  public static SlotTable slots(byte[] bytes) {
    ShortBuffer buffer = ByteBuffer.wrap(bytes).asShortBuffer();
    int[] shards = new int[buffer.remaining()];
    for (int slot = 0; slot < shards.length; slot++) {
      shards[slot] = buffer.get(slot);
    }
    return SlotTable.of(shards);
  }
}
