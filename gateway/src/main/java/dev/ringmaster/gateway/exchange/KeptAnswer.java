package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.HeadWriter;
import dev.ringmaster.gateway.http1.HttpDate;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Outcome;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The answer to a message: read to its end, of which the first bytes are kept. As long as it is
/// not whole nobody has it, so that a replica that breaks off is followed by another.
final class KeptAnswer implements Passage {
  private static final byte[] NOTHING = new byte[0];
  private static final int FIRST_BYTES = 256;

  private final Lane lane;
  private final Tally tally = new Tally();
  private int status;
  private byte[] lines = NOTHING;
  private byte[] body = NOTHING;
  private int kept;
  private long bodyBytes;
  private long retryAfterMs;

  KeptAnswer(Lane lane) {
    this.lane = lane;
  }

  /// What the exchanges come to whose answers these are.
  Tally tally() {
    return tally;
  }

  @Override
  public void interim(ResponseHead head) {}

  @Override
  public void switching(ResponseHead head, byte @Nullable [] line) {
    throw new IllegalStateException("no message offers another protocol");
  }

  @Override
  public void begin(ResponseHead head, ByteBuf in, byte @Nullable [] line) {
    forget();
    status = head.status();
    lines = HeadWriter.lines(head, Answer.MOST_HEAD_BYTES);
    int wait = head.find(KnownHeader.RETRY_AFTER);
    retryAfterMs = wait < 0 ? -1 : HttpDate.retryAfterMs(head.valueText(wait), lane.nowMs());
  }

  @Override
  public void pass(BodyReader reader, ByteBuf in) {
    int length;
    while ((length = reader.payload(in)) > 0) {
      keep(in, Math.min(length, Answer.MOST_BODY_BYTES - kept));
      in.skipBytes(length);
      bodyBytes += length;
      tally.out(length);
    }
  }

  private void keep(ByteBuf in, int length) {
    if (length > body.length - kept) {
      int size = Math.max(FIRST_BYTES, Math.max(kept + length, 2 * body.length));
      body = Arrays.copyOf(body, Math.min(size, Answer.MOST_BODY_BYTES));
    }
    in.getBytes(in.readerIndex(), body, kept, length);
    kept += length;
  }

  @Override
  public boolean held() {
    return true;
  }

  @Override
  public Persistence persistence() {
    return Persistence.IMPLIED;
  }

  /// What there is to tell of a whole answer.
  Outcome outcome(int seat) {
    Answer answer = new Answer(status, lines, Arrays.copyOf(body, kept), bodyBytes);
    return new Outcome.Answered(answer, seat, retryAfterMs);
  }

  /// Nothing of an answer is told before all of it is there.
  @Override
  public void cut() {
    throw new IllegalStateException("a message's answer had been passed on");
  }

  /// Keeps what was gathered: it is told behind the end of the exchange.
  @Override
  public void clear() {}

  /// Forgets the answer.
  void forget() {
    status = 0;
    lines = NOTHING;
    body = NOTHING;
    kept = 0;
    bodyBytes = 0;
    retryAfterMs = -1;
  }
}
