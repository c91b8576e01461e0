package dev.ringmaster.console.command;

import java.util.List;

/// What a command's body was read as.
sealed interface Reading {

  /// A command to add or to remove.
  ///
  /// @param n how many, 1 or more
  /// @param hostnames the named ones, distinct, at most n
  record Resize(int n, List<String> hostnames) implements Reading {}

  /// A command about one replica.
  record Named(String name) implements Reading {}

  /// Not a command; the reason says what was expected.
  record Refused(String reason) implements Reading {}
}
