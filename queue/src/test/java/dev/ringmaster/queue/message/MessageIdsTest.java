package dev.ringmaster.queue.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  private final AtomicLong ms = new AtomicLong(1_800_000_000_000L);
  private final MessageIds ids =
      new MessageIds(() -> Instant.ofEpochMilli(ms.get()), new SplittableRandom(1));

  @Test
  void anIdIsAUuidOfVersion7WithTheTime() {
    UUID id = UUID.fromString(ids.next().toString());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(ms.get());
  }

  @Test
  void idsOnlyGrowWithinAMillisecondAndWhenTheClockGoesBack() {
    MessageId last = ids.next();
    for (int i = 0; i < 20_000; i++) {
      if (i == 10_000) {
        ms.addAndGet(-3_600_000);
      }
      MessageId next = ids.next();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }
}
