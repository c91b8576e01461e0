package dev.ringmaster.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ringmaster.ring.Balance;
import dev.ringmaster.ring.Probing;
import dev.ringmaster.ring.RequestHash;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.VirtualServerHash;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The numbers of the contract, section 3.
class ExpectationTest {
  private static final int REQUESTS = 10_000;

  @Test
  void theClassicRingsLoadsAreThoseOfTheContract() {
    assertLoads(3, 8437, 469, 1094);
    assertLoads(4, 8203, 469, 1016, 312);
    assertLoads(5, 7969, 312, 938, 312, 469);
    assertLoads(6, 7891, 312, 938, 312, 469, 78);
  }

  @Test
  void theClassicRingsDeviationIsThatOfTheContract() {
    assertThat(classicSpread(3)).isCloseTo(3618, within(1.5));
    assertThat(classicSpread(4)).isCloseTo(3303, within(1.5));
    assertThat(classicSpread(5)).isCloseTo(2993, within(1.5));
    assertThat(classicSpread(6)).isCloseTo(2796, within(1.5));
  }

  @Test
  void quadraticProbingHasTheSameLoadsForFewServers() {
    Scheme.Classic quadratic =
        new Scheme.Classic(
            512, 9, Probing.QUADRATIC, RequestHash.STANDARD, VirtualServerHash.STANDARD);
    assertThat(Expectation.shares(quadratic, 3))
        .isEqualTo(Expectation.shares(Scheme.Classic.standard(), 3));
  }

  @Test
  void sharesAddUpToOne() {
    for (String name : new String[] {"seats", "classic", "ring", "maglev"}) {
      List<Double> shares = Expectation.shares(Scheme.named(name), 5);
      assertThat(shares).hasSize(5);
      assertThat(shares.stream().mapToDouble(Double::doubleValue).sum())
          .as(name)
          .isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void schemesThatAreEvenExpectTheNoiseAlone() {
    for (String name : new String[] {"seats", "jump", "rendezvous", "maglev"}) {
      assertThat(Expectation.spread(Scheme.named(name), 3, REQUESTS))
          .as(name)
          .isCloseTo(47.1, within(0.1));
    }
  }

  @Test
  void aRingOfPointsSpreadsAsTheBetaDistributionSays() {
    Scheme ring = new Scheme.Ring(40);
    SplittableRandom random = new SplittableRandom(5);
    double squares = 0;
    int rings = 300;
    for (int i = 0; i < rings; i++) {
      int run = i;
      String[] labels =
          IntStream.range(0, 4).mapToObj(s -> "ring-" + run + "-" + s).toArray(String[]::new);
      Balance balance = Balance.of(ring.table(Roster.of(labels)), REQUESTS, random);
      squares += balance.standardDeviation() * balance.standardDeviation();
    }
    double expected = Expectation.spread(ring, 4, REQUESTS);
    assertThat(Math.sqrt(squares / rings)).isCloseTo(expected, within(expected * 0.12));
  }

  @Test
  void everySchemeSaysWhereItsExpectationComesFrom() {
    for (String name : Scheme.NAMES.names()) {
      assertThat(Expectation.source(Scheme.named(name))).isNotBlank();
    }
  }

  private static void assertLoads(int servers, double... loads) {
    List<Double> shares = Expectation.shares(Scheme.Classic.standard(), servers);
    double[] expected = shares.stream().mapToDouble(share -> share * REQUESTS).toArray();
    assertThat(expected).containsExactly(loads, within(1.5));
  }

  private static double classicSpread(int servers) {
    return Expectation.spread(Scheme.Classic.standard(), servers, REQUESTS);
  }
}
