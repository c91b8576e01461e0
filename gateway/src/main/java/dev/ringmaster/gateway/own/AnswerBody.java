package dev.ringmaster.gateway.own;

import java.util.concurrent.CompletionStage;

/// The body of an answer of Ringmaster's own.
public sealed interface AnswerBody {

  /// All of it at once.
  @SuppressWarnings("ArrayRecordComponent") // handed over and written once, never compared
  record Whole(byte[] bytes) implements AnswerBody {}

  /// A body that comes in pieces for as long as there are any, such as server-sent events. Each is
  /// sent at once. One is asked for only when the client has taken enough of those before, so
  /// whoever makes them is held back by a slow client.
  non-sealed interface Pieces extends AnswerBody {

    /// The next piece; an empty one ends the body. Called by one thread at a time, and not again
    /// before the piece is there. Must not block; the stage may end on any thread and does not
    /// fail.
    CompletionStage<byte[]> next();

    /// No piece is asked for any more: the body is over, the client has left, or Ringmaster stops.
    /// Called once; a piece that was asked for before is dropped when it comes.
    void close();
  }
}
