package dev.ringmaster.gateway.exchange;

/// What a lane has to close in the end: a connection, or what one of its protocols has opened on
/// it.
sealed interface Client permits ClientConnection, ClientHandshake, ClientSession {
  /// Whether it is a connection of its own, not one of many streams.
  boolean counts();

  /// No new request: ends with the answers under way.
  void drain();

  /// Closes at once.
  void close();
}
