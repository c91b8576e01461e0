package dev.ringmaster.console.topics;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;

/// The partitions of a topic. Each has a key of its own, so that its messages are one lane: they
/// keep their order. The key of partition p is the first of `p`, `p.0`, `p.1` and so on that lies
/// in shard p of the topic's first table.
final class Partitions {
  private final String topic;
  private final SlotTable first;
  private final int count;

  /// @param count as many as the queue had shards when it was made
  Partitions(String topic, int count) {
    this.topic = topic;
    this.first = SlotTable.equal(count);
    this.count = count;
  }

  int count() {
    return count;
  }

  /// The key of one.
  byte[] key(int partition) {
    byte[] key = Integer.toString(partition).getBytes(US_ASCII);
    int tries = 0;
    while (first.shard(Slots.slot(Slots.lane(topic, key))) != partition) {
      key = (partition + "." + tries).getBytes(US_ASCII);
      tries++;
    }
    return key;
  }
}
