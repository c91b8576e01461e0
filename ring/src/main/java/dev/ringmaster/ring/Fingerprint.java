package dev.ringmaster.ring;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/// What makes two tables answer alike, in 64 bits: not a secret, not proof against forgery.
final class Fingerprint {
  private static final Hasher64 TEXT = Hashing.xxh3_64();

  private Fingerprint() {}

  /// The print of a scheme that knows seats by their number.
  static long ofNumbers(Scheme scheme, Roster roster) {
    long print = Mix.mix(textHash(scheme.text()) + roster.size());
    for (int seat = 0; seat < roster.size(); seat++) {
      int state = roster.weight(seat) << 1 | (roster.ramping(seat) ? 1 : 0);
      print = Mix.mix(print + Mix.G ^ state);
    }
    return print;
  }

  /// The print of a scheme that knows seats by their label.
  static long ofLabels(Scheme scheme, Roster roster) {
    long print = ofNumbers(scheme, roster);
    for (int seat = 0; seat < roster.size(); seat++) {
      print = Mix.mix(print + Mix.G ^ textHash(roster.label(seat)));
    }
    return print;
  }

  /// A hash of a text's UTF-16 characters, the same on every machine.
  static long textHash(String text) {
    return TEXT.hashCharsToLong(text);
  }
}
