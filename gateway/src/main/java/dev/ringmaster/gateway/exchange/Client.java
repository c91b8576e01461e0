package dev.ringmaster.gateway.exchange;

/// What a lane has to close in the end: a connection, or what one of its protocols has opened on
/// it.
sealed interface Client permits ClientConnection, ClientHandshake, ClientSession {
  /// Whether it is a connection of its own, not one of many streams.
  boolean counts();

  /// No new request: ends with the answers under way.
  void drain();

  /// Bytes that are written to it and that it has not taken; 0 where others count them.
  default long backlogBytes() {
    return 0;
  }

  /// Closes at once.
  void close();
}
