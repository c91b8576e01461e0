package dev.ringmaster.gateway.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Messages of the tables, spoiled at random from a fixed seed: nothing throws, the outcome does
/// not depend on cuts or on what the parser read before, and what is let through is written sound.
class MutationTest {
  private static final long SEED = 20_261_124;
  private static final int ROUNDS = 20_000;
  private static final int LONGEST = 400;
  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    "\0",
    " ",
    "\t",
    ":",
    ",",
    ";",
    "Content-Length: 3\r\n",
    "0\r\n\r\n",
    "3\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Host: b\r\n",
    "Connection: host, x\r\n",
    "HTTP/1.1",
    "\u00e9",
    "X-Forwarded-For: 6.6.6.6\r\n",
    "TE: trailers\r\n",
    "Upgrade: h2c\r\n",
    "chunked",
    "http://a"
  };

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void aSpoiledRequestIsJudgedTheSameHoweverItIsCut() {
    List<byte[]> corpus = corpus("requests.table", "");
    RequestHead used = new RequestHead(Limits.DEFAULT);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] message = spoil(corpus);
      String cut = Described.request(used, message, Table.randomCuts(random, message.length));
      RequestHead fresh = new RequestHead(Limits.DEFAULT);
      String whole = Described.request(fresh, message, new int[] {0, message.length});
      assertThat(cut)
          .as("message %d: %s", i, Described.shown(new String(message, ISO_8859_1)))
          .isEqualTo(whole);
      if (whole.startsWith("ok")) {
        accepted++;
        Rewritten.check(fresh, i);
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 20, ROUNDS);
  }

  @Test
  void aSpoiledAnswerIsJudgedTheSameHoweverItIsCut() {
    List<byte[]> corpus = corpus("responses.table", "HEAD>");
    ResponseHead used = new ResponseHead(Limits.DEFAULT);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] message = spoil(corpus);
      int[] cuts = Table.randomCuts(random, message.length);
      String cut = Described.response(used, Method.GET, message, cuts);
      ResponseHead fresh = new ResponseHead(Limits.DEFAULT);
      int[] uncut = {0, message.length};
      String whole = Described.response(fresh, Method.GET, message, uncut);
      assertThat(cut)
          .as("message %d: %s", i, Described.shown(new String(message, ISO_8859_1)))
          .isEqualTo(whole);
      if (whole.startsWith("ok")) {
        accepted++;
        Rewritten.check(fresh, i);
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 20, ROUNDS);
  }

  @Test
  void aSpoiledChunkedBodyIsFollowedTheSameHoweverItIsCut() {
    List<byte[]> corpus = corpus("bodies.table", "chunked ");
    BodyReader reader = new BodyReader(Limits.DEFAULT);
    Runnable start = () -> reader.start(Framing.CHUNKED, -1);
    int ended = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] message = spoil(corpus);
      int[] cuts = Table.randomCuts(random, message.length);
      String cut = Described.body(reader, start, message, cuts);
      String whole = Described.body(reader, start, message, new int[] {0, message.length});
      assertThat(cut)
          .as("message %d: %s", i, Described.shown(new String(message, ISO_8859_1)))
          .isEqualTo(whole);
      ended += whole.startsWith("ended") ? 1 : 0;
    }
    assertThat(ended).isBetween(ROUNDS / 100, ROUNDS);
  }

  private static List<byte[]> corpus(String table, String prefix) {
    List<byte[]> corpus = new ArrayList<>();
    for (Table.Row row : Table.rows(table)) {
      String text =
          row.text().startsWith(prefix) ? row.text().substring(prefix.length()) : row.text();
      byte[] bytes = Table.ascii(Table.expand(text));
      if (bytes.length > 0 && bytes.length <= LONGEST) {
        corpus.add(bytes);
      }
    }
    return corpus;
  }

  private byte[] spoil(List<byte[]> corpus) {
    ByteBuf message = Unpooled.buffer().writeBytes(corpus.get(random.nextInt(corpus.size())));
    int strokes = random.nextInt(4);
    for (int i = 0; i < strokes; i++) {
      message = stroke(message, corpus);
    }
    byte[] bytes = new byte[message.readableBytes()];
    message.readBytes(bytes);
    return bytes;
  }

  private ByteBuf stroke(ByteBuf message, List<byte[]> corpus) {
    int length = message.readableBytes();
    int at = random.nextInt(length + 1);
    int to = Math.min(length, at + random.nextInt(8));
    byte[] between =
        switch (random.nextInt(5)) {
          case 0 -> new byte[] {(byte) random.nextInt(256)};
          case 1 -> Table.ascii(PIECES[random.nextInt(PIECES.length)]);
          case 2 -> tail(corpus.get(random.nextInt(corpus.size())));
          default -> new byte[0];
        };
    int from = random.nextBoolean() ? at : to;
    return Unpooled.buffer()
        .writeBytes(message, 0, from)
        .writeBytes(between)
        .writeBytes(message, Math.max(from, to), length - Math.max(from, to));
  }

  private byte[] tail(byte[] other) {
    return Arrays.copyOfRange(other, random.nextInt(other.length), other.length);
  }
}
