package dev.ringmaster.gateway.settings;

import java.time.Duration;

/// How many requests a replica may have at once, over all event loops, and what becomes of more.
///
/// @param inFlight requests at one replica; 0 for no limit
/// @param waiting requests of the service that may wait for a place; 0 if none may
/// @param patience how long one may wait; then 503
public record ConcurrencyLimit(int inFlight, int waiting, Duration patience) {
  /// More than would help anyone: at a thousand requests a second a wait of a minute.
  public static final int MOST_WAITING = 65_536;

  /// No limit; with one, 1,024 wait for 1 s at most.
  public static final ConcurrencyLimit NONE = new ConcurrencyLimit(0, 1_024, Duration.ofSeconds(1));

  public ConcurrencyLimit {
    if (inFlight < 0) {
      throw new IllegalArgumentException("a limit of " + inFlight + " requests is below 0");
    }
    if (waiting < 0 || waiting > MOST_WAITING) {
      throw new IllegalArgumentException(waiting + " waiting is not in 0.." + MOST_WAITING);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("a wait below zero");
    }
  }

  /// Whether there is one.
  public boolean on() {
    return inFlight > 0;
  }

  public ConcurrencyLimit withInFlight(int inFlight) {
    return new ConcurrencyLimit(inFlight, waiting, patience);
  }

  public ConcurrencyLimit withWaiting(int waiting) {
    return new ConcurrencyLimit(inFlight, waiting, patience);
  }

  public ConcurrencyLimit withPatience(Duration patience) {
    return new ConcurrencyLimit(inFlight, waiting, patience);
  }
}
