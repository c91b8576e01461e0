package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.store.FleetFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is written to the disk, and when.
class JournalTest {
  private static final long S = 1_000_000_000;

  private final Journal journal = new Journal();

  private static FleetFile file(int desired) {
    return new FleetFile(desired, 3, false, List.of(), List.of(), List.of());
  }

  @Test
  void whatIsOnTheDiskIsNotWrittenAgain() {
    assertThat(journal.due(file(3), 0)).isEqualTo(new Effect.Save(1, file(3)));
    assertThat(journal.holds(file(3))).isFalse();
    assertThat(journal.saved()).isEqualTo(file(3));
    assertThat(journal.holds(file(3))).isTrue();
    assertThat(journal.due(file(3), 0)).isNull();
    assertThat(journal.due(file(4), 0)).isEqualTo(new Effect.Save(2, file(4)));
  }

  @Test
  void oneWriteIsUnderWayAtATime() {
    assertThat(journal.due(file(3), 0)).isNotNull();
    assertThat(journal.due(file(4), 0)).isNull();
    journal.saved();
    assertThat(journal.due(file(4), 0)).isNotNull();
  }

  @Test
  void afterAFailureNothingIsKnownAndItIsTriedAgainASecondLater() {
    journal.due(file(3), 0);
    journal.saved();
    journal.due(file(4), 10 * S);
    journal.failed(10 * S);
    assertThat(journal.holds(file(3))).isFalse();
    assertThat(journal.againNs()).isEqualTo(11 * S);
    assertThat(journal.due(file(3), 11 * S - 1)).isNull();
    assertThat(journal.due(file(3), 11 * S)).isEqualTo(new Effect.Save(3, file(3)));
    assertThat(journal.againNs()).isEqualTo(Member.NEVER);
  }
}
