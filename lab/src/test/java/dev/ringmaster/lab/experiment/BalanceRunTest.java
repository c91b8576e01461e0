package dev.ringmaster.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.load.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceRunTest {
  private static final List<Double> EVEN = List.of(1.0 / 3, 1.0 / 3, 1.0 / 3);
  private static final List<String> IDS = List.of("1", "2", "3");

  @Test
  void loadsNearTheirExpectationFit() {
    BalanceRun run = run(EVEN, 3380, 3290, 3330);
    assertThat(run.fits()).isTrue();
    assertThat(run.within()).isTrue();
    assertThat(run.replicas().getFirst().expected()).isCloseTo(3333.3, within(0.1));
    assertThat(run.replicas().getFirst().band()).isCloseTo(235.7, within(0.1));
    assertThat(run.load().lost()).isZero();
  }

  @Test
  void loadsFarFromTheirExpectationDoNot() {
    BalanceRun run = run(EVEN, 8437, 469, 1094);
    assertThat(run.fits()).isFalse();
    assertThat(run.within()).isFalse();
    assertThat(run.p()).isLessThan(1e-100);
  }

  @Test
  void anUnevenExpectationFitsUnevenLoads() {
    BalanceRun run = run(List.of(0.84375, 0.046875, 0.109375), 8440, 480, 1080);
    assertThat(run.fits()).isTrue();
    assertThat(run.spread().standardDeviation()).isGreaterThan(3000);
  }

  @Test
  void aReplicaThatAnsweredNothingCountsAsZero() {
    BalanceRun run = run(EVEN, 50, 50);
    assertThat(run.replicas().getLast().requests()).isZero();
    assertThat(run.spread().least()).isZero();
  }

  @Test
  void aReplicaThatIsToGetNothingDoesNotSpoilTheTest() {
    BalanceRun run = run(List.of(0.5, 0.5, 0.0), 500, 500);
    assertThat(run.p()).isCloseTo(1, within(1e-9));
    assertThat(run.within()).isTrue();
  }

  private static BalanceRun run(List<Double> shares, int... loads) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < loads.length; i++) {
      for (int k = 0; k < loads[i]; k++) {
        samples.add(new Sample(0, 1, 200, Integer.toString(i + 1), null));
      }
    }
    BalanceRun.Aim aim = new BalanceRun.Aim("seats", "drawn", IDS, shares, 47);
    return BalanceRun.of(aim, new LoadResult(samples, 0, 1));
  }
}
