package dev.ringmaster.console.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// The id of a producer. It holds all that is known of the producer, so that nothing has to be kept
/// and an id outlives a restart:
///
/// ```
///  52        37 36         13 12          0
/// +------------+-------------+-------------+
/// | check of   |   random    | partition+1,|
/// | the topic  |             | 0 for none  |
/// +------------+-------------+-------------+
///    16 bits       24 bits       13 bits        53 bits: exact in JSON numbers
/// ```
///
/// @param number positive
record ProducerId(long number) {
  private static final int PARTITION_BITS = 13;
  private static final int RANDOM_BITS = 24;
  private static final int CHECK_BITS = 16;
  private static final long CHECK_MASK = (1L << CHECK_BITS) - 1;

  /// No partition: round robin.
  static final int NONE = -1;

  /// A new one.
  ///
  /// @param partition or [#NONE]
  static ProducerId of(String topic, int partition, RandomGenerator random) {
    long id = (check(topic) << RANDOM_BITS) | random.nextLong(1, 1L << RANDOM_BITS);
    return new ProducerId((id << PARTITION_BITS) | (partition + 1));
  }

  boolean isOf(String topic) {
    return number >>> (RANDOM_BITS + PARTITION_BITS) == check(topic);
  }

  /// Its partition, or [#NONE].
  int partition() {
    return (int) (number & ((1L << PARTITION_BITS) - 1)) - 1;
  }

  private static long check(String topic) {
    CRC32 sum = new CRC32();
    sum.update(topic.getBytes(UTF_8));
    return sum.getValue() & CHECK_MASK;
  }
}
