package dev.ringmaster.ring;

/// How a virtual server whose slot is taken moves on: in steps of one, or by the squares.
public enum Probing {
  LINEAR,
  QUADRATIC;

  /// How far from the wanted slot the t-th attempt lies, t from 0.
  long distance(int t) {
    return this == LINEAR ? t : (long) t * t;
  }
}
