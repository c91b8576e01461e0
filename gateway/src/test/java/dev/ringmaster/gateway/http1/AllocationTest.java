package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Counted by the JVM for this thread, so other threads and the load of the machine do not matter.
class AllocationTest {
  private static final int MESSAGES = 20_000;

  /// What the first calls load and link, spread over all messages, stays below this.
  private static final long BYTES_A_MESSAGE = 8;

  private final RequestHead request = new RequestHead(Limits.DEFAULT);
  private final ResponseHead response = new ResponseHead(Limits.DEFAULT);
  private final BodyReader body = new BodyReader(Limits.DEFAULT);
  private final Forwarding forwarding =
      new Forwarding(Forwarding.Trust.EXTEND, "10.0.0.9", "http", "us:5000");
  private final ByteBuf asked =
      buffer(
          String.join(
              "\r\n",
              "POST /a?b=c HTTP/1.1",
              "Host: a",
              "Connection: x, keep-alive",
              "X-Forwarded-For: b",
              "Transfer-Encoding: chunked",
              "X: y",
              "",
              "3;e=f",
              "abc",
              "0",
              "X-Sum: 1",
              "",
              ""));
  private final ByteBuf answered =
      buffer("HTTP/1.1 200 OK\r\nServer: s\r\nKeep-Alive: 5\r\nContent-Length: 5\r\n\r\nhello");
  private final ByteBuf out = Unpooled.buffer(4096);

  @Test
  void anExchangeAllocatesNothingInTheCodec() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    exchange();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MESSAGES; i++) {
      exchange();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes / MESSAGES).isLessThan(BYTES_A_MESSAGE);
  }

  private void exchange() {
    out.clear();
    asked.readerIndex(0);
    request.reset();
    Outcome requestOutcome = request.parse(asked);
    HeadWriter.request(out, request, forwarding, Passing.PLAIN);
    body.start(request);
    asked.skipBytes(body.raw(asked));
    answered.readerIndex(0);
    response.reset(request.method());
    Outcome responseOutcome = response.parse(answered);
    HeadWriter.response(out, response, Persistence.IMPLIED);
    body.start(response);
    int left = body.raw(answered);
    if (requestOutcome != Outcome.COMPLETE || responseOutcome != Outcome.COMPLETE || left != 5) {
      throw new AssertionError(request.rejection() + " " + response.rejection() + " " + left);
    }
  }

  private static ByteBuf buffer(String text) {
    return Unpooled.wrappedBuffer(Table.ascii(text));
  }
}
