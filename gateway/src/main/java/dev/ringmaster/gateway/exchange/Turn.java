package dev.ringmaster.gateway.exchange;

import io.netty.buffer.ByteBuf;

/// What a client's connection is busy with between the head of a request and the end of its answer.
interface Turn {
  /// What the log says of a client that left before an answer; nginx's number for it.
  int CLIENT_LEFT = 499;

  /// Takes bytes of the request's body, all that the input has or as many as there is room for;
  /// leaves what follows the body.
  void takeBody(ByteBuf in);

  /// Whether it can take so many bytes now; false too when it has the whole body.
  boolean hungry(int bytes);

  /// What there was of input is taken, or there is no room for it.
  void inputTaken();

  /// The deadline of the connection passed.
  void expired();

  /// Whether nothing but the rest of the request's body is waited for.
  default boolean awaitsBody() {
    return false;
  }

  /// The client's connection takes more bytes again.
  void clientWritable();

  /// The client sends nothing more; told only after its connection has become a tunnel.
  default void clientDone() {}

  /// No new request is taken from now on; a turn that could go on for ever ends.
  default void drain() {}

  /// The client's connection has closed before the turn was over.
  void clientGone();
}
