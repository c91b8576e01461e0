package dev.ringmaster.ring;

import java.math.BigDecimal;
import java.util.function.IntUnaryOperator;

/// Consistent hashing with bounded loads (Mirrokni, Thorup, Zadimoghaddam, 2016): no seat takes
/// more than c times its fair share of what is in flight; what is above goes to the key's next
/// candidate. In whole numbers only, so that every machine decides alike.
///
/// @param thousandths c · 1000, 1001 to 32000
/// @param floor a cap that each live seat has at least, so that few requests never spill; ≥ 1
public record BoundedLoad(int thousandths, int floor) {
  private static final int ONE = 1000;
  private static final int MOST = 32 * ONE;

  public BoundedLoad {
    if (thousandths <= ONE || thousandths > MOST) {
      throw new IllegalArgumentException(
          "a load bound lies above 1 and up to 32, not at " + BigDecimal.valueOf(thousandths, 3));
    }
    if (floor < 1) {
      throw new IllegalArgumentException("the floor of a load bound is at least 1, not " + floor);
    }
  }

  /// The bound of a factor such as `1.25`, with at most three decimal places.
  public static BoundedLoad of(String factor, int floor) {
    try {
      return new BoundedLoad(new BigDecimal(factor).movePointRight(3).intValueExact(), floor);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "a load bound is a number like 1.25, with at most three decimal places, not '"
              + factor
              + "'",
          e);
    }
  }

  /// How many requests a seat of weight w may have in flight while m are in flight in all: `ceil(c
  /// · (m + 1) · w / W)`, at least the floor; 0 for a dead seat.
  ///
  /// @param inFlight m, of all seats together, the new request not counted
  /// @param weight w, 0 to [Roster#FULL]
  /// @param totalWeight W, the sum of all weights
  public int cap(int inFlight, int weight, long totalWeight) {
    if (weight == 0) {
      return 0;
    }
    long share = thousandths * (inFlight + 1L) * weight;
    long cap = Math.ceilDiv(share, ONE * totalWeight);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(floor, cap));
  }

  /// The first candidate that is below its cap.
  ///
  /// @param candidates live seats in the key's order; the first `count` count
  /// @param roster where their weights are
  /// @param inFlight m, of all seats together
  /// @param inFlightOf how many requests a seat has in flight
  /// @return its index among the candidates, 0 for the owner; −1 if all are at their caps, which
  ///   can only be when not all live seats are among them
  public int choose(
      int[] candidates, int count, Roster roster, int inFlight, IntUnaryOperator inFlightOf) {
    for (int i = 0; i < count; i++) {
      int seat = candidates[i];
      int cap = cap(inFlight, roster.weight(seat), roster.totalWeight());
      if (inFlightOf.applyAsInt(seat) < cap) {
        return i;
      }
    }
    return -1;
  }
}
