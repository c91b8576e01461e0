package dev.ringmaster.gateway.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyScanTest {
  private static final int MOST = 64;
  private static final int EVERY_PLACE = Integer.MAX_VALUE;

  private static RequestHead head(String... headers) {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    String text = "POST / HTTP/1.1\r\nHost: t\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    assertThat(head.parse(Unpooled.copiedBuffer(text, UTF_8))).isEqualTo(Outcome.COMPLETE);
    return head;
  }

  private static RequestHead json(String body) {
    return head("Content-Type: application/json", "Content-Length: " + body.length());
  }

  private static BodyScan scan(String rule) {
    return new BodyScan(KeyRule.parse(rule), MOST, Limits.DEFAULT);
  }

  private static boolean take(BodyScan scan, String piece) {
    return scan.take(Unpooled.copiedBuffer(piece, UTF_8));
  }

  private static String key(BodyScan scan) {
    return new String(scan.key(), 0, scan.keyLength(), UTF_8);
  }

  /// What the rule finds in a body that comes at once: the place and the key, or why there is none.
  private static String found(String rule, String body) {
    BodyScan scan = scan(rule);
    assertThat(scan.begin(json(body), EVERY_PLACE)).isTrue();
    assertThat(take(scan, body)).isTrue();
    return scan.place() < 0 ? String.valueOf(scan.miss()) : scan.place() + "=" + key(scan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body:/user | {\"user\":\"ada\"} | 0=ada",
        "header:X,body:/user | {\"user\":\"ada\"} | 1=ada",
        "body:/a,body:/b | {\"b\":\"second\",\"a\":\"first\"} | 0=first",
        "body:/a,header:X,body:/b | {\"b\":\"second\"} | 2=second",
        "body:/a,body:/b | {\"b\":\"second\",\"a\":null} | 1=second",
        "body:/a | {\"b\":\"second\"} | ABSENT",
        "body:/a | user=ada | MALFORMED",
        "body:/a,body:/b | {\"a\":[],oops | ABSENT",
        "body:/a | {\"a\":\"never ends | MALFORMED",
      })
  void theFirstPlaceThatTheBodyHasGivesTheKey(String rule, String body, String found) {
    assertThat(found(rule, body)).isEqualTo(found);
  }

  @Test
  void itIsDoneWithTheLastByteOfTheKey() {
    BodyScan scan = scan("body:/p:3");
    assertThat(scan.begin(head("Content-Length: 1000000"), EVERY_PLACE)).isTrue();
    assertThat(take(scan, "{\"p\":\"ab")).isFalse();
    assertThat(scan.room()).isEqualTo(MOST - 8);
    assertThat(take(scan, "cdefg and much more")).isTrue();
    assertThat(key(scan)).isEqualTo("abc");
  }

  @Test
  void whatDoesNotComeWithinTheBoundIsNoKey() {
    BodyScan scan = scan("body:/late,body:/early");
    scan.begin(head("Content-Length: 1000000"), EVERY_PLACE);
    assertThat(take(scan, "{\"early\":1,\"x\":\"")).isFalse();
    assertThat(take(scan, "x".repeat(scan.room()))).isTrue();
    assertThat(scan.place()).isEqualTo(1);
    assertThat(key(scan)).isEqualTo("1");

    scan.begin(head("Content-Length: 1000000"), EVERY_PLACE);
    assertThat(take(scan, "[\"" + "x".repeat(MOST - 2))).isTrue();
    assertThat(scan.place()).isEqualTo(-1);
    assertThat(scan.miss()).isEqualTo(BodyMiss.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type: text/plain | Content-Length: 9 | NOT_JSON",
        "Content-Type: application/x-www-form-urlencoded | Content-Length: 9 | NOT_JSON",
        "Content-Type: application/jsonp | Content-Length: 9 | NOT_JSON",
        "Content-Encoding: gzip | Content-Length: 9 | ENCODED",
        "Content-Type: application/json | Content-Length: 0 | NO_BODY",
        "Content-Type: application/json | X: y | NO_BODY",
      })
  void aBodyThatCannotBeReadIsNotReadAtAll(String one, String other, BodyMiss why) {
    BodyScan scan = scan("body:/user");
    assertThat(scan.begin(head(one, other), EVERY_PLACE)).isFalse();
    assertThat(scan.place()).isEqualTo(-1);
    assertThat(scan.miss()).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type: application/json; charset=utf-8",
    "Content-Type: APPLICATION/JSON",
    "Content-Type: text/json",
    "Content-Type: application/problem+json",
    "Content-Encoding: identity",
    "X-None: of both",
  })
  void aBodyThatMayBeJsonIsRead(String header) {
    assertThat(scan("body:/user").begin(head(header, "Content-Length: 9"), EVERY_PLACE)).isTrue();
  }

  @Test
  void placesBehindOneThatTheHeadHasAreNotLookedFor() {
    BodyScan scan = scan("header:X,body:/user");
    assertThat(scan.begin(json("{}"), 0)).isFalse();
    assertThat(scan.miss()).isNull();
    assertThat(scan.begin(json("{}"), 2)).isTrue();
  }

  @Property(tries = 300)
  void chunksAndPiecesMayBeCutAnywhere(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int most) {
    String body = "{\"a\":[1,{\"x\":\"y\"}],\"user\":\"ada l\\u00f6ve\"}";
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder chunked = new StringBuilder();
    for (int at = 0; at < body.length(); ) {
      int length = Math.min(body.length() - at, 1 + random.nextInt(most));
      chunked.append(Integer.toHexString(length)).append(";ext=1\r\n");
      chunked.append(body, at, at + length).append("\r\n");
      at += length;
    }
    ByteBuf in = Unpooled.copiedBuffer(chunked + "0\r\n\r\n", UTF_8);
    BodyScan scan = new BodyScan(KeyRule.parse("body:/user"), 4096, Limits.DEFAULT);
    assertThat(scan.begin(head("Transfer-Encoding: chunked"), EVERY_PLACE)).isTrue();
    boolean done = false;
    while (!done) {
      done = scan.take(in.readSlice(Math.min(in.readableBytes(), 1 + random.nextInt(most))));
    }
    assertThat(key(scan)).isEqualTo("ada löve");
  }

  @Test
  void anEndedChunkedBodyWithoutTheKeyHasNone() {
    BodyScan scan = scan("body:/user");
    scan.begin(head("Transfer-Encoding: chunked"), EVERY_PLACE);
    assertThat(take(scan, "2\r\n{}\r\n")).isTrue();
    assertThat(scan.miss()).isEqualTo(BodyMiss.ABSENT);
    scan.begin(head("Transfer-Encoding: chunked"), EVERY_PLACE);
    assertThat(take(scan, "1\r\n{\r\n")).isFalse();
    assertThat(take(scan, "0\r\n\r\n")).isTrue();
    assertThat(scan.miss()).isEqualTo(BodyMiss.MALFORMED);
  }
}
