package dev.ringmaster.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.lab.load.Failure;
import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.load.Sample;
import dev.ringmaster.lab.product.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long MS = 1_000_000;
  private static final long ORIGIN_NS = 5_000 * MS;
  private static final Timeline.Window WINDOW = new Timeline.Window(ORIGIN_NS, 100, 200);

  @Test
  void requestsFallIntoTheBinInWhichTheyEnded() {
    LoadResult result =
        new LoadResult(
            List.of(
                good(-101, 1),
                good(-100, 1),
                good(-1, 3),
                good(0, 1),
                lost(49),
                good(199, 7),
                good(200, 1)),
            0,
            0);
    Timeline timeline = Timeline.of(result, List.of(), WINDOW);
    assertThat(timeline.bins()).hasSize(6);
    assertThat(timeline.bins().stream().map(Timeline.Bin::atMs))
        .containsExactly(-100.0, -50.0, 0.0, 50.0, 100.0, 150.0);
    assertThat(timeline.bins().stream().map(Timeline.Bin::good))
        .containsExactly(1L, 1L, 1L, 0L, 0L, 1L);
    assertThat(timeline.bins().stream().map(Timeline.Bin::lost))
        .containsExactly(0L, 0L, 1L, 0L, 0L, 0L);
    assertThat(timeline.bins().getLast().worstMs()).isEqualTo(7);
  }

  @Test
  void onlyTheServingCountsOfTheWindowAreKept() {
    List<ServingWatch.Seen> seen = List.of(seen(-150, 3), seen(-10, 3), seen(20, 2), seen(250, 3));
    Timeline timeline = Timeline.of(new LoadResult(List.of(), 0, 0), seen, WINDOW);
    assertThat(timeline.serving())
        .containsExactly(new Timeline.ServingAt(-10, 3), new Timeline.ServingAt(20, 2));
  }

  @Test
  void aFleetIsHealedWhenNServeAndTheVictimIsNoneOfThem() {
    Status before = status(3, "S1", "serving");
    Status between = status(2, "S2", "serving");
    Status after = status(3, "S471100", "serving");
    assertThat(Faults.healed(before, "S1")).as("its death was not yet noticed").isFalse();
    assertThat(Faults.healed(between, "S1")).isFalse();
    assertThat(Faults.healed(after, "S1")).isTrue();
  }

  private static Status status(int serving, String name, String state) {
    return new Status(
        3, serving, List.of(new Status.ReplicaStatus(name, 0, state, "h:1")), List.of());
  }

  private static ServingWatch.Seen seen(long atMs, int serving) {
    return new ServingWatch.Seen(ORIGIN_NS + atMs * MS, status(serving, "S1", "serving"));
  }

  private static Sample good(long endMs, long latencyMs) {
    long endNs = ORIGIN_NS + endMs * MS;
    return new Sample(endNs - latencyMs * MS, endNs, 200, "1", null);
  }

  private static Sample lost(long endMs) {
    long endNs = ORIGIN_NS + endMs * MS;
    return new Sample(endNs, endNs, 0, null, Failure.CLOSED);
  }
}
