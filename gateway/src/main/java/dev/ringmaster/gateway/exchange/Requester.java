package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Passing;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.ledger.Line;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Whose request an exchange is, and who hears what comes of it: a client on its connection, or a
/// message of a queue.
sealed interface Requester permits ClientConnection, Delivery {

  /// The head of the request under way.
  RequestHead head();

  /// How far its body has come.
  BodyReader body();

  /// Whether the request is kept elsewhere until it is answered, as a message is. Then it can be
  /// repeated, but must never be with two replicas at once; and it is told their answer as it is.
  boolean stored();

  /// The bytes of the IP address that it comes from.
  byte[] address();

  /// Writes the head as a replica gets it, with its empty line.
  void writeHead(ByteBuf out, Passing passing);

  /// From now on the exchange waits for so many ticks at most.
  void arm(long ticks);

  /// Goes on with input that waited.
  void advance();

  /// Whether it takes more of the answer now.
  boolean writable();

  /// Sends what was written.
  void flush();

  /// What an answer of our own says about the connection.
  Persistence persistence();

  /// Answers for the gateway itself.
  void fail(Answers.Failure failure, Persistence persistence, Method answered);

  /// The turn is over and its answer is written.
  void turnOver(Persistence persistence);

  /// A defect keeps it from an answer.
  void broke();

  /// A line for the access log about the request.
  Line line(int status, long durationNs, @Nullable String note);
}
