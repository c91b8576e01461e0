package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Says in words what a parser made of a message that came in pieces.
final class Described {
  private Described() {}

  /// Gives the pieces to the head until it is done with one; `left` counts what it did not take.
  private static String parse(Head head, byte[] message, int[] cuts) {
    Outcome outcome = Outcome.MORE;
    int taken = 0;
    for (int i = 1; i < cuts.length && outcome == Outcome.MORE; i++) {
      ByteBuf in = Table.buffer(message, cuts[i - 1], cuts[i]);
      outcome = head.parse(in);
      taken += in.readerIndex();
    }
    return switch (outcome) {
      case MORE -> "more";
      case REJECTED -> rejection(head);
      case COMPLETE -> "ok left=" + (message.length - taken) + common(head);
    };
  }

  private static String rejection(Head head) {
    Rejection rejection = head.rejection();
    return rejection == null ? "rejected without a reason" : rejection.status() + " " + rejection;
  }

  private static String common(Head head) {
    StringBuilder words = new StringBuilder(" 1.").append(head.minorVersion());
    String framing = head.framing().name().toLowerCase(Locale.ROOT);
    boolean length = head.framing() == Framing.LENGTH;
    words.append(' ').append(length ? "length=" + head.contentLength() : framing);
    words.append(" declared=").append(head.contentLength());
    words.append(head.keepAlive() ? " keep" : " close").append(head.upgrades() ? " upgrade" : "");
    words.append(" h").append(head.headerCount());
    return words.toString();
  }

  static String request(RequestHead head, byte[] message, int[] cuts) {
    head.reset();
    String words = parse(head, message, cuts);
    if (!words.startsWith("ok")) {
      return words;
    }
    String query =
        head.queryFrom() < 0 ? "" : " query=" + shown(head, head.queryFrom(), head.queryTo());
    return "%s %s %s %s path=%s%s host=%s%s%s"
        .formatted(
            words,
            head.method(),
            head.targetForm().name().toLowerCase(Locale.ROOT),
            shown(head, head.targetFrom(), head.targetTo()),
            shown(head, head.pathFrom(), head.pathTo()),
            query,
            shown(head, head.hostFrom(), head.hostTo()),
            head.expectContinue() ? " continue" : "",
            head.expectContinue() || head.upgrades() ? "" : " plain");
  }

  static String response(ResponseHead head, Method asked, byte[] message, int[] cuts) {
    head.reset(asked);
    String words = parse(head, message, cuts);
    if (!words.startsWith("ok")) {
      return words;
    }
    return "%s %d reason=%s %s"
        .formatted(
            words,
            head.status(),
            shown(head, head.reasonFrom(), head.reasonTo()),
            head.interim() ? "interim" : "final");
  }

  private static String shown(Head head, int from, int to) {
    return shown(head.text(from, to));
  }

  static String shown(String text) {
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n");
  }

  /// The body by its raw bytes and again by its content; both must agree on where it stands.
  static String body(BodyReader reader, Runnable start, byte[] message, int[] cuts) {
    start.run();
    int taken = 0;
    for (int i = 1; i < cuts.length; i++) {
      ByteBuf in = Table.buffer(message, cuts[i - 1], cuts[i]);
      taken += reader.raw(in);
    }
    String raw = stand(reader) + " contentBytes=" + reader.contentBytes();
    start.run();
    ByteBuf content = Unpooled.buffer();
    for (int i = 1; i < cuts.length; i++) {
      ByteBuf in = Table.buffer(message, cuts[i - 1], cuts[i]);
      int run = reader.payload(in);
      while (run > 0) {
        content.writeBytes(in, run);
        run = reader.payload(in);
      }
    }
    String payload = stand(reader) + " contentBytes=" + content.readableBytes();
    if (reader.state() == BodyReader.State.MALFORMED) {
      return stand(reader);
    }
    return raw.equals(payload)
        ? raw
            + " taken="
            + taken
            + " content="
            + shown(content.toString(StandardCharsets.ISO_8859_1))
        : "raw " + raw + " but payload " + payload;
  }

  private static String stand(BodyReader reader) {
    String state = reader.state().name().toLowerCase(Locale.ROOT);
    return reader.fault() == null ? state : state + " " + reader.fault();
  }
}
