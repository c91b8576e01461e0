package dev.ringmaster.lab.theory;

/// Independent requests thrown at replicas with given shares: the multinomial distribution.
public final class BallsInBins {
  private BallsInBins() {}

  /// The standard deviation of one replica's count: that of a binomial variable.
  ///
  /// @param share the replica's part of all requests, 0 to 1
  public static double sigma(long requests, double share) {
    return Math.sqrt(requests * share * (1 - share));
  }

  /// The spread over `replicas` with equal shares that sampling alone makes, as the root of the
  /// mean square: 47 for 10,000 requests at 3 replicas.
  public static double noise(long requests, int replicas) {
    return replicas == 0 ? 0 : sigma(requests, 1.0 / replicas);
  }

  /// The expected spread when the replicas' shares themselves differ: their own deviation and the
  /// sampling noise in quadrature.
  ///
  /// @param shares one a replica, their sum 1
  public static double spread(long requests, double... shares) {
    double squares = 0;
    for (double share : shares) {
      double off = requests * (share - 1.0 / shares.length);
      double sigma = sigma(requests, share);
      squares += off * off + sigma * sigma;
    }
    return shares.length == 0 ? 0 : Math.sqrt(squares / shares.length);
  }
}
