package dev.ringmaster.gateway.ledger;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Lines on their way from one event loop to the writer: a ring with one thread at each end, which
/// wait for each other never. A line for which there is no room is dropped and counted.
///
/// A slot is null when it is free; the value itself says whose turn it is, so neither end reads the
/// other's position.
public final class LineBuffer {
  /// What a loop may be ahead of the writer.
  static final int CAPACITY = 8_192;

  private final AtomicReferenceArray<@Nullable Line> slots = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private long written;
  private long taken;

  /// Hands a line to the writer, or drops it. For the event loop alone.
  public void offer(Line line) {
    int slot = (int) (written % CAPACITY);
    if (slots.getAcquire(slot) != null) {
      dropped.setOpaque(dropped.getPlain() + 1);
      return;
    }
    slots.setRelease(slot, line);
    written++;
  }

  /// The next line, or null if there is none. For the writer alone.
  @Nullable Line poll() {
    int slot = (int) (taken % CAPACITY);
    Line line = slots.getAcquire(slot);
    if (line != null) {
      slots.setRelease(slot, null);
      taken++;
    }
    return line;
  }

  /// Lines dropped so far.
  long dropped() {
    return dropped.getOpaque();
  }
}
