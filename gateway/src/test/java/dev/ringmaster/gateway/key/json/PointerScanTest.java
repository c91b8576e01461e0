package dev.ringmaster.gateway.key.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.key.json.PointerScan.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointerScanTest {
  private static final int ALL = Integer.MAX_VALUE;

  /// The key as text, or the state if there is none.
  private static String found(String pointer, int chars, String json) {
    PointerScan scan = new PointerScan(JsonPointer.parse(pointer), chars);
    ByteBuf in = Unpooled.copiedBuffer(json, UTF_8);
    scan.take(in, 0, in.readableBytes());
    State state = scan.end();
    return state == State.FOUND ? new String(scan.key(), 0, scan.keyLength(), UTF_8) : state.name();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/user | {\"user\":\"ada\"} | ada",
        "/user | { \"x\" : [1, {\"user\":2}], \"user\" : \"ada\" } | ada",
        "/user | {\"user\":17} | 17",
        "/user | {\"user\":-0.5e+3} | -0.5e+3",
        "/user | {\"user\":true} | true",
        "/user | {\"user\":false,\"x\":1} | false",
        "/a/b/c | {\"a\":{\"b\":{\"c\":\"deep\"}}} | deep",
        "/a/1 | {\"a\":[\"x\",\"y\"]} | y",
        "/a/1/b | {\"a\":[{\"b\":1},{\"b\":2},{\"b\":3}]} | 2",
        "/0 | [\"first\"] | first",
        "/0 | {\"0\":\"a name\"} | a name",
        "/a~1b | {\"a/b\":\"slash\"} | slash",
        "/m~0n | {\"m~n\":\"tilde\"} | tilde",
        "/ | {\"\":\"no name\"} | no name",
        "/k | {\"\\u006b\":\"escaped name\"} | escaped name",
        "#/a%2Cb | {\"a,b\":\"comma\"} | comma",
        "/user | {\"user\":\"first\",\"user\":\"second\"} | first",
      })
  void theValueIsFound(String pointer, String json, String key) {
    assertThat(found(pointer, ALL, json)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/user | {}",
        "/user | []",
        "/user | \"user\"",
        "/user | {\"users\":\"ada\"}",
        "/user | {\"use\":\"ada\"}",
        "/user | {\"x\":{\"user\":\"ada\"}}",
        "/user | {\"user\":\"\"}",
        "/user | {\"user\":null}",
        "/user | {\"user\":{\"id\":1}}",
        "/user | {\"user\":[1]}",
        "/user/id | {\"user\":\"ada\"}",
        "/user/id | {\"user\":{},\"user\":{\"id\":1}}",
        "/a/2 | {\"a\":[0,1]}",
        "/a/01 | {\"a\":[0,1]}",
        "/a/- | {\"a\":[0,1]}",
      })
  void whatIsNotThereOrNoKeyIsAbsent(String pointer, String json) {
    assertThat(found(pointer, ALL, json)).isEqualTo("ABSENT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"k\"",
        "{\"k\":",
        "{\"k\":\"v",
        "{\"k\":1",
        "user=ada",
        "{user:1}",
        "{'k':1}",
        "{\"a\":1 \"k\":2}",
        "{\"a\" 1}",
        "{,\"k\":1}",
        "{\"a\":1,}",
        "{\"a\":[1,],\"k\":1}",
        "{\"a\":[1}],\"k\":1}",
        "{\"a\":01,\"k\":1}",
        "{\"a\":+1,\"k\":1}",
        "{\"a\":1.,\"k\":1}",
        "{\"a\":.5,\"k\":1}",
        "{\"a\":1e,\"k\":1}",
        "{\"a\":-,\"k\":1}",
        "{\"a\":nul,\"k\":1}",
        "{\"a\":True,\"k\":1}",
        "{\"a\":\"\\x\",\"k\":1}",
        "{\"a\":\"\\u12g4\",\"k\":1}",
        "{\"a\":\"tab\there\",\"k\":1}",
        "\u0000{\"k\":1}",
      })
  void whatIsNotJsonIsSaidToBeSo(String json) {
    assertThat(found("/k", ALL, json)).isEqualTo("MALFORMED");
  }

  @Test
  void differentSpellingsOfAStringAreOneKey() {
    for (String spelt : List.of("\"a/é😀\"", "\"\\u0061\\/\\u00e9\\uD83D\\ude00\"")) {
      assertThat(found("/k", ALL, "{\"k\":" + spelt + "}")).isEqualTo("a/é😀");
    }
    assertThat(found("/k", ALL, "{\"k\":\"\\b\\f\\n\\r\\t\\\"\\\\\"}")).isEqualTo("\b\f\n\r\t\"\\");
  }

  @Test
  void aSurrogateWithoutItsOtherHalfIsReplaced() {
    for (String lone : List.of("\\ud83d", "\\ude00", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\ud83d")) {
      String rest = lone.endsWith("x") ? "x" : lone.endsWith("n") ? "\n" : "";
      String twice = lone.length() == 12 ? "\uFFFD\uFFFD" : "\uFFFD" + rest;
      assertThat(found("/k", ALL, "{\"k\":\"" + lone + "\"}")).isEqualTo(twice);
    }
  }

  @Test
  void onlyTheFirstCharactersCount() {
    assertThat(found("/k", 3, "{\"k\":\"abcdef\"}")).isEqualTo("abc");
    assertThat(found("/k", 3, "{\"k\":\"ab\"}")).isEqualTo("ab");
    assertThat(found("/k", 2, "{\"k\":\"é😀x\"}")).isEqualTo("é😀");
    assertThat(found("/k", 2, "{\"k\":\"\\u00e9\\uD83D\\uDE00x\"}")).isEqualTo("é😀");
    assertThat(found("/k", 2, "{\"k\":12345}")).isEqualTo("12");
    assertThat(found("/k", 1, "{\"k\":null}")).isEqualTo("ABSENT");
  }

  @Test
  void nothingIsLookedAtBehindTheKey() {
    assertThat(found("/k", ALL, "{\"k\":\"v\" and this is no JSON")).isEqualTo("v");
    assertThat(found("/k", 2, "{\"k\":\"v\u00e9")).isEqualTo("v\u00e9");
    assertThat(found("/k", ALL, "{\"k\":7,]")).isEqualTo("7");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(found("/k", ALL, "\uFEFF{\"k\":\"v\"}")).isEqualTo("v");
    assertThat(found("/k", ALL, "{\uFEFF\"k\":\"v\"}")).isEqualTo("MALFORMED");
  }

  @Test
  void nestingIsBounded() {
    String deep = "[".repeat(PointerScan.MOST_DEPTH - 1) + "]".repeat(PointerScan.MOST_DEPTH - 1);
    assertThat(found("/k", ALL, "{\"a\":" + deep + ",\"k\":1}")).isEqualTo("1");
    assertThat(found("/k", ALL, "{\"a\":[" + deep + "],\"k\":1}")).isEqualTo("MALFORMED");
  }

  @Test
  void aScanCanBeUsedAgain() {
    PointerScan scan = new PointerScan(JsonPointer.parse("/a/1"), ALL);
    ByteBuf in = Unpooled.copiedBuffer("{\"a\":[\"x\",\"" + "y".repeat(5_000) + "\"]}", UTF_8);
    for (int round = 0; round < 3; round++) {
      scan.clear();
      assertThat(scan.take(in, 0, 9)).isEqualTo(State.SEEKING);
      assertThat(scan.take(in, 9, in.readableBytes())).isEqualTo(State.FOUND);
      assertThat(scan.keyLength()).isEqualTo(5_000);
      scan.clear();
      assertThat(scan.take(in, 2, 20)).isEqualTo(State.MALFORMED);
    }
  }
}
