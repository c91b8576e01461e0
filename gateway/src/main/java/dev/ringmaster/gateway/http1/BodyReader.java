package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Follows the framing of one body after another, without copying or re-encoding it.
///
/// [#raw] tells how many of the following bytes belong to the message, chunk framing and trailers
/// included, so that they can be passed on as they are. [#payload] instead steps over the framing
/// and tells how many bytes of content lie next, for a peer that does not know chunks. A body is
/// read by one of the two only. Bytes may be cut anywhere between calls; a chunk's content is
/// skipped, not looked at.
public final class BodyReader {
  /// Where the body stands.
  public enum State {
    /// More bytes of the body must come.
    OPEN,
    /// The last byte of the message was seen.
    ENDED,
    /// [#fault] says what is wrong; the connection must be closed.
    MALFORMED
  }

  private final Limits limits;
  private final @Nullable ByteArrayOutputStream keptTrailers;
  private final ChunkScan chunks;
  private State state = State.ENDED;
  private Framing framing = Framing.NONE;
  private long left;
  private long content;
  private @Nullable BodyFault fault;

  /// A reader within the limits, at the end of a body that is empty.
  public BodyReader(Limits limits) {
    this(limits, null);
  }

  private BodyReader(Limits limits, @Nullable ByteArrayOutputStream keptTrailers) {
    this.limits = limits;
    this.keptTrailers = keptTrailers;
    chunks = new ChunkScan(limits, keptTrailers);
  }

  /// A reader that [#trailers] can be asked of, for a peer that has another way to send them.
  public static BodyReader keepingTrailers(Limits limits) {
    return new BodyReader(limits, new ByteArrayOutputStream(0));
  }

  /// Begins the body that follows the head.
  public void start(Head head) {
    start(head.framing(), head.contentLength());
  }

  /// Begins a body; the length counts only for [Framing#LENGTH].
  public void start(Framing framing, long contentLength) {
    this.framing = framing;
    left = framing == Framing.LENGTH ? contentLength : 0;
    content = 0;
    fault = null;
    chunks.clear();
    if (keptTrailers != null) {
      keptTrailers.reset();
    }
    boolean empty = framing == Framing.NONE || (framing == Framing.LENGTH && contentLength == 0);
    state = empty ? State.ENDED : State.OPEN;
  }

  /// How many bytes from the input's reader index on belong to the body, at most what is there;
  /// does not move the index. The caller must take exactly that many before it asks again. 0 if the
  /// bytes there show a malformed body, whatever came before them in the input.
  public int raw(ByteBuf in) {
    if (state != State.OPEN) {
      return 0;
    }
    if (framing != Framing.CHUNKED) {
      return plain(in.readableBytes());
    }
    int from = in.readerIndex();
    int at = from;
    int to = in.writerIndex();
    while (at < to && state == State.OPEN) {
      int run = chunks.run(to - at);
      if (run > 0) {
        chunks.take(run);
        at += run;
        addContent(run);
      } else {
        frame(in.getByte(at));
        at++;
      }
    }
    return state == State.MALFORMED ? 0 : at - from;
  }

  /// Moves the input's reader index over framing to the next content and returns how many bytes of
  /// it lie there; the caller must take exactly that many before it asks again. 0 if there is none
  /// yet or no more.
  public int payload(ByteBuf in) {
    if (state != State.OPEN) {
      return 0;
    }
    if (framing != Framing.CHUNKED) {
      return plain(in.readableBytes());
    }
    while (in.isReadable() && state == State.OPEN) {
      int run = chunks.run(in.readableBytes());
      if (run > 0) {
        chunks.take(run);
        addContent(run);
        return state == State.OPEN ? run : 0;
      }
      frame(in.readByte());
    }
    return 0;
  }

  private int plain(int available) {
    if (framing == Framing.UNTIL_CLOSE) {
      content += available;
      return available;
    }
    int run = (int) Math.min(left, available);
    left -= run;
    content += run;
    if (left == 0) {
      state = State.ENDED;
    }
    return run;
  }

  private void frame(byte b) {
    BodyFault found = chunks.frame(b);
    if (found != null) {
      fail(found);
    } else if (chunks.ended()) {
      state = State.ENDED;
    }
  }

  private void addContent(int run) {
    content += run;
    if (content > limits.bodyBytes()) {
      fail(BodyFault.BODY_TOO_LARGE);
    }
  }

  private void fail(BodyFault why) {
    fault = why;
    state = State.MALFORMED;
  }

  /// Judges how much has come: content beyond so many bytes makes the body malformed, even if its
  /// last byte is there, so that nobody takes what follows a body that was not taken for a request.
  ///
  /// @return what is wrong with the body, for whatever reason; null if nothing is
  public @Nullable BodyFault judge(long mostBytes) {
    return fault == null && content > mostBytes ? refuse(BodyFault.BODY_TOO_LARGE) : fault;
  }

  /// Gives the body up, though its last byte may be there: what follows is not taken for a request.
  ///
  /// @return why
  public BodyFault refuse(BodyFault why) {
    fail(why);
    return why;
  }

  /// The peer closed the connection: the end of a body that is framed so, else its fault.
  public State close() {
    if (state == State.OPEN) {
      if (framing == Framing.UNTIL_CLOSE) {
        state = State.ENDED;
      } else {
        fail(BodyFault.CUT_SHORT);
      }
    }
    return state;
  }

  /// Where the body stands after the bytes of the last call.
  public State state() {
    return state;
  }

  /// The trailer lines of a chunked body that has ended, each with its CR LF, without the empty
  /// line; none if there were none or this reader does not keep them.
  public byte[] trailers() {
    if (keptTrailers == null || keptTrailers.size() == 0) {
      return new byte[0];
    }
    byte[] section = keptTrailers.toByteArray();
    return Arrays.copyOf(section, section.length - 2);
  }

  /// What is wrong; null unless [State#MALFORMED].
  public @Nullable BodyFault fault() {
    return fault;
  }

  /// Bytes of content so far, framing not counted.
  public long contentBytes() {
    return content;
  }
}
