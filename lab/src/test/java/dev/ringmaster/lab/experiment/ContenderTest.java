package dev.ringmaster.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ringmaster.lab.theory.Expectation;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.hash.HashFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContenderTest {
  private static final List<String> LABELS = List.of("h:1", "h:2", "h:3", "h:4", "h:5", "h:6");

  @TempDir Path scratch;

  @Test
  void everySchemeThereIsTakesPart() {
    Set<String> names =
        Contender.all().stream().map(one -> one.scheme().name()).collect(Collectors.toSet());
    assertThat(names).containsExactlyInAnyOrderElementsOf(Scheme.NAMES.names());
  }

  @Test
  void aSchemeWithItsUsualParametersIsChosenByFlag() throws Exception {
    Contender seats = contender("seats");
    assertThat(seats.options(scratch)).containsExactly("--scheme", "seats");
    assertThat(contender("classic linear").options(scratch)).containsExactly("--scheme", "classic");
  }

  @Test
  void aClassicSchemeWithOtherParametersIsChosenByFile() throws Exception {
    List<String> options = contender("classic 197i+17").options(scratch);
    assertThat(options).hasSize(2).startsWith("-f");
    assertThat(Files.readString(Path.of(options.getLast())))
        .contains("scheme: classic")
        .contains("request: [0, 197, 17]")
        .contains("virtual: [37, 63, 229, 25]")
        .contains("probing: linear");
    assertThat(Files.readString(Path.of(contender("classic quadratic").options(scratch).getLast())))
        .contains("probing: quadratic");
  }

  @Test
  void theSearchedPolynomialsSpreadTwoToSixServersAsFarAsTheySay() {
    for (int servers = 2; servers <= 6; servers++) {
      assertThat(Expectation.spread(Contender.SPREAD_POLYNOMIALS, servers, 10_000))
          .as("%d servers, with noise", servers)
          .isLessThan(210);
    }
  }

  @Test
  void whatTheLibraryComputesIsAboutWhatTheoryExpects() {
    int[] ids = new SplittableRandom(3).ints(10_000, 100_000, 1_000_000).toArray();
    HashFunction md5 = HashFunction.named("md5", new byte[HashFunction.SECRET_BYTES], null);
    for (Contender contender : Contender.all()) {
      Computed computed = Computed.of(contender, md5, LABELS.subList(0, 3), ids);
      assertThat(computed.loads().stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000);
      assertThat(computed.spread().standardDeviation())
          .as(contender.name())
          .isLessThan(4 * computed.expectedSpread());
    }
  }

  @Test
  void theSeatTableMovesWhatItMustAndNothingElse() {
    List<Moved> moved = Moved.of(contender("seats"), LABELS, 1);
    assertThat(moved).hasSize(2);
    for (Moved one : moved) {
      assertThat(one.needless()).as(one.change()).isZero();
      assertThat(one.moved()).as(one.change()).isCloseTo(one.least(), within(0.01));
    }
  }

  @Test
  void theRequestIdsAreTheSameForEachMeasurementAndHaveSixDigits() {
    Bench bench = bench(1);
    assertThat(bench.requestIds())
        .isEqualTo(bench.requestIds())
        .isNotEqualTo(bench(2).requestIds());
    assertThat(IntStream.of(bench.requestIds()).summaryStatistics().getMin())
        .isGreaterThanOrEqualTo(100_000);
    assertThat(IntStream.of(bench.requestIds()).summaryStatistics().getMax())
        .isLessThanOrEqualTo(999_999);
  }

  private static Contender contender(String name) {
    return Contender.all().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Bench bench(long seed) {
    return new Bench(
        new dev.ringmaster.lab.product.Program(
            List.of("x"), scratch, new dev.ringmaster.lab.product.Children()),
        new dev.ringmaster.lab.product.ReplicaKind.Processes(),
        3,
        1000,
        10,
        seed,
        true,
        new Progress(System.err, false, 1));
  }
}
