package dev.ringmaster.gateway.heavy;

/// How hot one key is, and over how many seats it is spread for that; a value.
///
/// What counts is its load: its share of all requests as a multiple of a seat's fair share. Above
/// as many seats as it is spread over, it is spread over twice as many at once. Below half of what
/// half as many seats would have as their fair share, and so for [#CALM_LOOKS] looks on end, it is
/// spread over half as many. So a key is spread from a load of 1 on, and comes home below a half.
///
/// @param perSecond its requests a second, the older ones counting less
/// @param spread 1, 2, 4 …; 1 for a key that is not heavy
/// @param calm for how many looks it has been cooler than its spread is for
record Heat(double perSecond, int spread, int calm) {
  /// A key is spread over so many seats at most: more candidates cost more to find.
  static final int MOST_SPREAD = 32;

  /// Looks on end before a key is spread less.
  static final int CALM_LOOKS = 5;

  /// A key with fewer requests a second is left alone: no seat suffers from it, and few requests
  /// say little about shares.
  static final double LEAST_PER_SECOND = 20;

  static final Heat NONE = new Heat(0, 1, 0);

  /// The heat after another look.
  ///
  /// @param sure requests a second since the last look, those only that are sure
  /// @param totalPerSecond of the whole service, smoothed likewise
  /// @param seats how many live seats share the service's requests
  Heat next(double sure, double totalPerSecond, int seats) {
    double rate = (perSecond + sure) / 2;
    double load = totalPerSecond == 0 ? 0 : rate / totalPerSecond * seats;
    if (load > spread && rate >= LEAST_PER_SECOND && spread < Math.min(seats, MOST_SPREAD)) {
      return new Heat(rate, 2 * spread, 0);
    }
    boolean calmer = load < spread / 4.0 || rate < LEAST_PER_SECOND / 2;
    if (spread == 1 || !calmer) {
      return new Heat(rate, spread, 0);
    }
    return calm + 1 < CALM_LOOKS ? new Heat(rate, spread, calm + 1) : new Heat(rate, spread / 2, 0);
  }
}
