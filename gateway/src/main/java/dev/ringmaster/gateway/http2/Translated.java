package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Framing;
import io.netty.buffer.ByteBuf;

/// What became of a head in HTTP/2.
sealed interface Translated {
  /// The bytes of the same head in HTTP/1.1.
  ///
  /// @param bytes owned by the receiver
  /// @param framing how the body that follows must be framed
  record Head(ByteBuf bytes, Framing framing) implements Translated {}

  /// It says nothing that HTTP/1.1 could say.
  record Refused(String reason) implements Translated {}
}
