package dev.ringmaster.lab.theory;

import dev.ringmaster.ring.ClassicTable;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// What a scheme promises before anything is sent.
public final class Expectation {
  private static final int FIRST_REQUEST = 100_000;
  private static final int REQUESTS = 900_000;

  private Expectation() {}

  /// Each seat's part of the requests, exactly where the scheme alone decides it: over all 900,000
  /// six-digit ids for the classic scheme, equal for all others, whose points and permutations
  /// depend on the seats' labels.
  ///
  /// @param seats N; seat s has the server id s + 1
  public static List<Double> shares(Scheme scheme, int seats) {
    return scheme instanceof Scheme.Classic classic
        ? Arrays.stream(classicShares(classic, seats)).boxed().toList()
        : Collections.nCopies(seats, 1.0 / seats);
  }

  /// The spread of loads to expect (root of the mean square), sampling noise included.
  public static double spread(Scheme scheme, int seats, int requests) {
    return switch (scheme) {
      case Scheme.Classic classic -> BallsInBins.spread(requests, classicShares(classic, seats));
      case Scheme.Ring ring -> ofPoints(seats, ring.points(), requests);
      case Scheme.Ketama _ -> ofPoints(seats, Scheme.Ring.STANDARD_POINTS, requests);
      case Scheme.Seats _, Scheme.Jump _, Scheme.Rendezvous _, Scheme.Maglev _ ->
          BallsInBins.noise(requests, seats);
    };
  }

  /// In words, where [#spread] comes from.
  public static String source(Scheme scheme) {
    return switch (scheme) {
      case Scheme.Classic _ -> "exact count of all 6-digit ids, and noise";
      case Scheme.Ring ring -> "Beta distribution of " + ring.points() + " points, and noise";
      case Scheme.Ketama _ ->
          "Beta distribution of " + Scheme.Ring.STANDARD_POINTS + " points, and noise";
      case Scheme.Seats _, Scheme.Jump _, Scheme.Rendezvous _ -> "sampling noise alone";
      case Scheme.Maglev _ -> "sampling noise; the table adds less than 1/M";
    };
  }

  private static double ofPoints(int seats, int points, int requests) {
    double uneven = requests * RandomPoints.shareDeviation(seats, points);
    return Math.hypot(uneven, BallsInBins.noise(requests, seats));
  }

  private static double[] classicShares(Scheme.Classic scheme, int seats) {
    String[] labels = IntStream.range(0, seats).mapToObj(s -> "seat-" + s).toArray(String[]::new);
    ClassicTable table = scheme.table(Roster.of(labels));
    double[] shares = new double[seats];
    for (int id = FIRST_REQUEST; id < FIRST_REQUEST + REQUESTS; id++) {
      shares[table.ownerOfRequest(id)] += 1.0 / REQUESTS;
    }
    return shares;
  }
}
