package dev.ringmaster.ring;

/// The chi-square distribution: the regularised incomplete gamma function Q(k/2, x/2), by its
/// series below x = k/2 + 1 and by its continued fraction above (DLMF 8.11.4 and 8.9.2, the latter
/// by Lentz's method).
final class ChiSquare {
  private static final double PRECISION = 1e-12;

  /// Both expansions take about √k steps; this is enough for k = 10^8.
  private static final int MOST_STEPS = 100_000;

  private static final double TINY = 1e-300;

  private ChiSquare() {}

  /// The probability that a chi-square variable with k degrees of freedom is at least x.
  static double upperTail(double x, int k) {
    if (x <= 0) {
      return 1;
    }
    double a = k / 2.0;
    double half = x / 2;
    double scale = Math.exp(-half + a * Math.log(half) - logGamma(a));
    double tail = half < a + 1 ? 1 - scale * series(a, half) : scale * fraction(a, half);
    return Math.clamp(tail, 0.0, 1.0);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < MOST_STEPS && term > sum * PRECISION; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double product = d;
    double factor = 0;
    for (int n = 1; n < MOST_STEPS && Math.abs(factor - 1) > PRECISION; n++) {
      double numerator = n * (a - n);
      b += 2;
      d = 1 / nonZero(numerator * d + b);
      c = nonZero(b + numerator / c);
      factor = c * d;
      product *= factor;
    }
    return product;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /// ln Γ(x), x > 0: Stirling's series (DLMF 5.11.1) where it is exact, from x = 10 on, and Γ(x) =
  /// Γ(x + 1) / x below.
  private static double logGamma(double x) {
    double shift = 0;
    while (x < 10) {
      shift -= Math.log(x);
      x++;
    }
    double inverse = 1 / x;
    double square = inverse * inverse;
    double correction =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + correction;
  }
}
