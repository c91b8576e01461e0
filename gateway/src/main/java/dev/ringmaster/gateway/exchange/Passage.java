package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The way of an answer from a replica to whoever asked.
sealed interface Passage permits ClientPassage, KeptAnswer {

  /// An answer before the answer has come.
  void interim(ResponseHead head);

  /// The connections leave HTTP: the 101 is passed.
  ///
  /// @param line a header line of our own, with its CR LF; null for none
  void switching(ResponseHead head, byte @Nullable [] line);

  /// The head of the answer is complete; `in` has what came of its body.
  ///
  /// @param line a header line of our own, with its CR LF; null for none
  void begin(ResponseHead head, ByteBuf in, byte @Nullable [] line);

  /// Passes what there is of the body.
  void pass(BodyReader body, ByteBuf in);

  /// Whether whoever asked has nothing yet of the answer that began.
  boolean held();

  /// What the answer said about the client's connection.
  Persistence persistence();

  /// Ends what was passed so that it cannot be taken for a whole answer.
  void cut();

  /// Lets go what was never passed.
  void clear();
}
