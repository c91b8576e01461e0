package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Properties of every head that the writer makes of an accepted one.
final class Rewritten {
  private static final Forwarding STRANGER =
      new Forwarding(Forwarding.Trust.REPLACE, "10.0.0.9", "http", "us:5000");
  private static final Forwarding PROXY =
      new Forwarding(Forwarding.Trust.EXTEND, "10.0.0.9", "https", "us:5000");

  /// For a head at its limit and the lines that the writer adds.
  private static final Limits ROOM =
      new Limits(1 << 20, 70_000, 70_000, 256, 0, Long.MAX_VALUE, 1, 2);

  private Rewritten() {}

  static void check(RequestHead head, int message) {
    for (Passing passing : Passing.values()) {
      RequestHead again = written(head, STRANGER, passing);
      same(head, again, message);
      assertThat(again.valueText(again.find(KnownHeader.X_FORWARDED_FOR))).isEqualTo("10.0.0.9");
      assertThat(count(again, KnownHeader.X_FORWARDED_FOR)).isOne();
      assertThat(again.has(KnownHeader.FORWARDED)).isFalse();
      assertThat(again.has(KnownHeader.EXPECT))
          .isEqualTo(passing == Passing.EXPECT && head.expectContinue());
      assertThat(again.upgrades() && !head.has(KnownHeader.UPGRADE)).isFalse();
      same(head, written(head, PROXY, passing), message);
    }
  }

  private static RequestHead written(RequestHead head, Forwarding forwarding, Passing passing) {
    ByteBuf out = Unpooled.buffer();
    HeadWriter.request(out, head, forwarding, passing);
    RequestHead again = new RequestHead(ROOM);
    Outcome outcome = again.parse(out);
    assertThat(outcome)
        .as("%s of %s", again.rejection(), Described.shown(head.text(0, head.headLength())))
        .isEqualTo(Outcome.COMPLETE);
    assertThat(out.isReadable()).isFalse();
    return again;
  }

  private static void same(RequestHead head, RequestHead again, int message) {
    assertThat(again.minorVersion()).isOne();
    assertThat(again.targetForm()).isNotEqualTo(RequestHead.TargetForm.ABSOLUTE);
    assertThat(again.text(again.methodFrom(), again.methodTo()))
        .isEqualTo(head.text(head.methodFrom(), head.methodTo()));
    assertThat(again.framing()).as("message %d", message).isEqualTo(head.framing());
    assertThat(again.contentLength()).isEqualTo(head.contentLength());
    if (head.hostTo() > head.hostFrom()) {
      assertThat(again.text(again.hostFrom(), again.hostTo()))
          .isEqualTo(head.text(head.hostFrom(), head.hostTo()));
    }
    assertThat(again.has(KnownHeader.KEEP_ALIVE)).isFalse();
    assertThat(again.has(KnownHeader.PROXY_CONNECTION)).isFalse();
    assertThat(again.keepAlive()).isTrue();
  }

  private static int count(Head head, KnownHeader known) {
    int count = 0;
    for (int line = head.find(known); line >= 0; line = head.next(known, line)) {
      count++;
    }
    return count;
  }

  static void check(ResponseHead head, int message) {
    for (Persistence persistence : Persistence.values()) {
      ByteBuf out = Unpooled.buffer();
      HeadWriter.response(out, head, persistence);
      ResponseHead again = new ResponseHead(ROOM);
      Outcome outcome = again.parse(out);
      assertThat(outcome)
          .as("%s of %s", again.rejection(), Described.shown(head.text(0, head.headLength())))
          .isEqualTo(Outcome.COMPLETE);
      assertThat(out.isReadable()).isFalse();
      assertThat(again.status()).isEqualTo(head.status());
      boolean unchunked =
          persistence == Persistence.CLOSE_UNCHUNKED && head.framing() == Framing.CHUNKED;
      assertThat(again.framing()).isEqualTo(unchunked ? Framing.UNTIL_CLOSE : head.framing());
      assertThat(again.keepAlive())
          .isEqualTo(
              persistence != Persistence.CLOSE && persistence != Persistence.CLOSE_UNCHUNKED);
    }
  }
}
