package dev.ringmaster.ring;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// The seats of one service as an immutable value: for each seat a lasting label, a weight and a
/// ramp bit. Seats are numbered from 0 and never move; a seat that is dead or free has weight 0.
///
/// Each change gives a new roster with the next version. Two rosters with equal seats make equal
/// tables, whatever their history.
public final class Roster {
  /// The weight of a seat that takes its whole share; weights are u16.
  public static final int FULL = 0xFFFF;

  /// More seats than any table is built for; a bound against mistakes, not a target.
  public static final int MAX_SEATS = 1 << 20;

  private final long version;
  private final String[] labels;
  private final char[] weights;
  private final boolean[] ramps;
  private final int live;
  private final long totalWeight;

  private Roster(long version, String[] labels, char[] weights, boolean[] ramps) {
    this.version = version;
    this.labels = labels;
    this.weights = weights;
    this.ramps = ramps;
    int alive = 0;
    long total = 0;
    for (char weight : weights) {
      alive += weight > 0 ? 1 : 0;
      total += weight;
    }
    this.live = alive;
    this.totalWeight = total;
  }

  /// A roster of version 1 whose seats all have full weight.
  ///
  /// @param labels what name-hashing schemes hash for each seat; one a seat, distinct
  public static Roster of(String... labels) {
    if (labels.length > MAX_SEATS) {
      throw tooMany();
    }
    Set<String> seen = HashSet.newHashSet(labels.length);
    for (String label : labels) {
      if (!seen.add(label)) {
        throw twice(label);
      }
    }
    char[] weights = new char[labels.length];
    Arrays.fill(weights, (char) FULL);
    return new Roster(1, labels.clone(), weights, new boolean[labels.length]);
  }

  /// Counts changes; grows by one with each.
  public long version() {
    return version;
  }

  /// The number of seats, dead and free ones included.
  public int size() {
    return labels.length;
  }

  /// The number of seats with a weight above 0.
  public int live() {
    return live;
  }

  /// The sum of all weights.
  public long totalWeight() {
    return totalWeight;
  }

  /// The lasting label of a seat.
  public String label(int seat) {
    return labels[seat];
  }

  /// The weight of a seat, 0 (dead or free) to [#FULL].
  public int weight(int seat) {
    return weights[seat];
  }

  /// Whether a seat was appended and has not yet been full.
  public boolean ramping(int seat) {
    return ramps[seat];
  }

  /// This roster with one more seat at its end, weight 0, its ramp set until it is first full.
  public Roster grown(String label) {
    int size = labels.length;
    if (size == MAX_SEATS) {
      throw tooMany();
    }
    if (Arrays.asList(labels).contains(label)) {
      throw twice(label);
    }
    String[] moreLabels = Arrays.copyOf(labels, size + 1);
    moreLabels[size] = label;
    boolean[] moreRamps = Arrays.copyOf(ramps, size + 1);
    moreRamps[size] = true;
    return new Roster(version + 1, moreLabels, Arrays.copyOf(weights, size + 1), moreRamps);
  }

  /// This roster with another label for one seat, which is empty from then on: its keys are those
  /// of the new label, and no ramp is set, since the seat is not a new one.
  public Roster relabelled(int seat, String label) {
    int other = Arrays.asList(labels).indexOf(label);
    if (other >= 0 && other != seat) {
      throw twice(label);
    }
    String[] newLabels = labels.clone();
    newLabels[seat] = label;
    char[] newWeights = weights.clone();
    newWeights[seat] = 0;
    return new Roster(version + 1, newLabels, newWeights, ramps);
  }

  /// This roster with another weight for one seat; the same roster if that is its weight already.
  /// Full weight ends the seat's ramp.
  ///
  /// @param weight 0 to [#FULL]
  public Roster weighted(int seat, int weight) {
    if (weights[seat] == weight) {
      return this;
    }
    return reweighted(s -> s == seat ? weight : weights[s]);
  }

  /// This roster with the weights that a function of the seat gives, changed in one step; the same
  /// roster if all weights are so already. Full weight ends a seat's ramp.
  public Roster reweighted(IntUnaryOperator weightOf) {
    char[] newWeights = new char[weights.length];
    boolean[] newRamps = new boolean[weights.length];
    for (int seat = 0; seat < weights.length; seat++) {
      int weight = weightOf.applyAsInt(seat);
      if (weight < 0 || weight > FULL) {
        throw new IllegalArgumentException("weight " + weight + " is not in 0.." + FULL);
      }
      newWeights[seat] = (char) weight;
      newRamps[seat] = ramps[seat] && weight < FULL;
    }
    return Arrays.equals(weights, newWeights)
        ? this
        : new Roster(version + 1, labels, newWeights, newRamps);
  }

  /// The numbers of the live seats, ascending.
  int[] liveSeats() {
    int[] seats = new int[live];
    int found = 0;
    for (int seat = 0; seat < weights.length; seat++) {
      if (weights[seat] > 0) {
        seats[found++] = seat;
      }
    }
    return seats;
  }

  /// The weights themselves, for tables to read without a call; not to be written to.
  char[] weights() {
    return weights;
  }

  /// The ramp bits themselves, likewise.
  boolean[] ramps() {
    return ramps;
  }

  private static IllegalArgumentException tooMany() {
    return new IllegalArgumentException("a roster holds at most " + MAX_SEATS + " seats");
  }

  private static IllegalArgumentException twice(String label) {
    return new IllegalArgumentException("the label '" + label + "' is taken by another seat");
  }
}
