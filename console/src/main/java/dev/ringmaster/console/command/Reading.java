package dev.ringmaster.console.command;

import java.util.List;

/// What the body of a command was read as.
sealed interface Reading {

  /// The body of `/add` and `/rm`, read or refused.
  sealed interface OfResize extends Reading {}

  /// The body of a command about one replica, read or refused.
  sealed interface OfNamed extends Reading {}

  /// The body of a command about a weight, read or refused.
  sealed interface OfWeight extends Reading {}

  /// This one's seat, and this weight.
  record Weighed(String name, double weight) implements OfWeight {}

  /// So many, and these among them.
  ///
  /// @param n how many, 1 or more
  /// @param hostnames the named ones, distinct, at most n
  record Resize(int n, List<String> hostnames) implements OfResize {}

  /// This one.
  record Named(String name) implements OfNamed {}

  /// Not a command; the reason says what was expected.
  record Refused(String reason) implements OfResize, OfNamed, OfWeight {}
}
