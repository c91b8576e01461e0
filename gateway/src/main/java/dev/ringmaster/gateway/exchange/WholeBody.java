package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.BodyReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/// A request's body, collected without its framing until all of it is there.
final class WholeBody {
  private final Lane lane;
  private final ByteBuf bytes;
  private final int mostBytes;
  private int held;

  /// An empty one that takes at most so many bytes.
  WholeBody(Lane lane, int mostBytes) {
    this.lane = lane;
    this.mostBytes = mostBytes;
    this.bytes = lane.allocator().buffer(0, mostBytes);
  }

  /// Lets a client that waits for leave to send its body have it.
  void ask(ClientConnection client) {
    client.arm(lane.waits().idle);
    if (client.head().expectContinue()) {
      ByteBuf out = lane.allocator().directBuffer();
      Answers.proceed(out);
      client.write(out);
      client.flush();
    }
  }

  /// Takes the next bytes of a body.
  ///
  /// @return what is wrong with it; null if nothing is
  @Nullable BodyFault take(BodyReader body, ByteBuf in) {
    int length;
    while ((length = body.payload(in)) > 0 && body.judge(mostBytes) == null) {
      int granted = lane.bodies().take(length);
      held += granted;
      if (granted < length) {
        return body.refuse(BodyFault.NO_ROOM);
      }
      bytes.writeBytes(in, length);
    }
    return body.fault();
  }

  /// A copy of what came.
  byte[] toArray() {
    return ByteBufUtil.getBytes(bytes);
  }

  /// Lets the bytes go.
  void release() {
    bytes.release();
    lane.bodies().giveBack(held);
    held = 0;
  }
}
