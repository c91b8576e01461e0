package dev.ringmaster.queue.message;

import java.util.UUID;

/// The id of a message: a UUID of version 7 (RFC 9562, 5.7), so that ids sort by time.
///
/// @param high the upper 64 bits: 48 bits of Unix milliseconds, version, 12 bits
/// @param low the lower 64 bits: variant, 62 bits
public record MessageId(long high, long low) implements Comparable<MessageId> {

  /// Reads the usual form of 36 characters.
  ///
  /// @throws IllegalArgumentException if it is none
  public static MessageId parse(String text) {
    UUID id = UUID.fromString(text);
    if (!id.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("'" + text + "' is not a message's id");
    }
    return new MessageId(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  @Override
  public int compareTo(MessageId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return new UUID(high, low).toString();
  }
}
