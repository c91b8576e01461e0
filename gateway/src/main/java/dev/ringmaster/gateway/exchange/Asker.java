package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.retry.Failure;
import io.netty.buffer.ByteBuf;

/// Who hears what becomes of a request on a connection to a replica: an exchange, or its second try
/// as long as it is not clear which of the two will answer.
sealed interface Asker permits Exchange, Hedge {
  /// The connection to the replica stands.
  void connected(UpstreamConnection connection);

  /// The try failed. The connection to the replica is closed already.
  void failed(Failure failure);

  /// The method that is to be answered.
  Method method();

  /// Whether the last byte of the request has come from the client.
  boolean requestSent();

  /// The replica takes more bytes again.
  void replicaWritable();

  /// The replica said something before its answer, such as `100 Continue`.
  void interim(ResponseHead head);

  /// Whether a 101 is an answer to what was asked.
  boolean mayTunnel(ResponseHead head);

  /// The replica has taken up the offer of another protocol.
  Tunnel tunnel(UpstreamConnection connection, ResponseHead head);

  /// The head of the answer is complete; `in` has what came of its body.
  void answerBegins(UpstreamConnection connection, ResponseHead head, ByteBuf in);

  /// More of the answer's body is there, or its end.
  void answerBytes(UpstreamConnection connection, BodyReader body, ByteBuf in);

  /// All that has come from the replica for now was passed.
  void flushClient();

  /// The answer is passed, and the replica's connection is in other hands.
  void answerEnds();
}
