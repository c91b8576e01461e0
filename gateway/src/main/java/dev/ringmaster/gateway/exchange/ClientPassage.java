package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Framing;
import dev.ringmaster.gateway.http1.HeadWriter;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The way of an answer from a replica to a client. Its head is written when it comes and held
/// until the first bytes of the body are there, so that a short answer is one write.
final class ClientPassage implements Passage {
  /// What an outgoing head may have more than the incoming one.
  static final int ADDED_BYTES = 320;

  /// Bodies up to this size are copied behind the head, so that one write sends both.
  private static final int COPIED_BYTES = 8 * 1024;

  private final Lane lane;
  private final ClientConnection client;
  private final Tally tally;
  private @Nullable ByteBuf held;
  private Persistence persistence = Persistence.IMPLIED;
  private Framing framing = Framing.NONE;

  ClientPassage(Lane lane, ClientConnection client, Tally tally) {
    this.lane = lane;
    this.client = client;
    this.tally = tally;
  }

  /// It passes at once, unless the client is too old to know it.
  @Override
  public void interim(ResponseHead head) {
    if (client.head().minorVersion() > 0) {
      ByteBuf out = lane.allocator().directBuffer(head.headLength() + ADDED_BYTES);
      HeadWriter.response(out, head, Persistence.IMPLIED);
      client.write(out);
    }
  }

  @Override
  public void switching(ResponseHead head, byte @Nullable [] line) {
    ByteBuf out = lane.allocator().directBuffer(head.headLength() + ADDED_BYTES);
    HeadWriter.response(out, head, Persistence.UPGRADE, line);
    client.write(out);
  }

  @Override
  public void begin(ResponseHead head, ByteBuf in, byte @Nullable [] line) {
    persistence = persistenceAfter(head);
    framing = head.framing();
    int room = head.headLength() + ADDED_BYTES + Math.min(in.readableBytes(), COPIED_BYTES);
    ByteBuf out = lane.allocator().directBuffer(room);
    HeadWriter.response(out, head, persistence, line);
    held = out;
  }

  private Persistence persistenceAfter(ResponseHead head) {
    if (head.framing() == Framing.UNTIL_CLOSE) {
      return Persistence.CLOSE;
    }
    boolean old = client.head().minorVersion() == 0;
    return old && head.framing() == Framing.CHUNKED
        ? Persistence.CLOSE_UNCHUNKED
        : client.persistence();
  }

  /// The end of an empty body lets the head go too.
  @Override
  public void pass(BodyReader body, ByteBuf in) {
    boolean unchunked = persistence == Persistence.CLOSE_UNCHUNKED;
    int length = unchunked ? body.payload(in) : body.raw(in);
    if (body.fault() != null) {
      return;
    }
    pass(in, length);
    while (unchunked && (length = body.payload(in)) > 0) {
      pass(in, length);
    }
  }

  private void pass(ByteBuf in, int length) {
    ByteBuf head = held;
    held = null;
    tally.out(length);
    if (head != null) {
      if (length <= Math.min(head.writableBytes(), COPIED_BYTES)) {
        head.writeBytes(in, length);
        client.write(head);
        return;
      }
      client.write(head);
    }
    if (length > 0) {
      client.write(in.readRetainedSlice(length));
    }
  }

  @Override
  public boolean held() {
    return held != null;
  }

  @Override
  public Persistence persistence() {
    return persistence;
  }

  /// Where the end of the connection is that of the answer, only a reset says that it is not.
  @Override
  public void cut() {
    if (framing == Framing.UNTIL_CLOSE || persistence == Persistence.CLOSE_UNCHUNKED) {
      client.reset();
    } else {
      client.close();
    }
  }

  @Override
  public void clear() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
