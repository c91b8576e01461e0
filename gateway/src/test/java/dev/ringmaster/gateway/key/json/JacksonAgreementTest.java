package dev.ringmaster.gateway.key.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.gateway.key.json.PointerScan.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// The scan and Jackson's tree agree on random JSON texts, cut into random pieces, for pointers
/// that lead somewhere and pointers that do not.
class JacksonAgreementTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final int MOST_DEPTH = 5;
  private static final List<String> NAMES =
      List.of(
          "a", "b", "ab", "a/b", "m~n", "é", "😀", "", "0", "1", "02", "\"q\"", "\\", "\n", "-");
  private static final List<String> NUMBERS =
      List.of(
          "0", "-0", "7", "-12", "1.5", "10.250", "2e3", "2.5E-2", "1e+2", "123456789012345678");
  private static final List<String> CHARACTERS =
      List.of("a", "B", "7", " ", "/", "\"", "\\", "\n", "\u0001", "é", "€", "😀", "\uFEFF", "ÿ");

  /// Writes a random JSON text and remembers the pointers to its values.
  private static final class Text {
    private final SplittableRandom random;
    private final StringBuilder json = new StringBuilder();
    private final List<String> pointers = new ArrayList<>();

    Text(long seed) {
      random = new SplittableRandom(seed);
      blank();
      container("", 0);
      blank();
    }

    private void value(String pointer, int depth) {
      blank();
      pointers.add(pointer);
      switch (random.nextInt(depth < MOST_DEPTH ? 8 : 5)) {
        case 0, 1 -> string(words());
        case 2, 3 -> json.append(one(NUMBERS));
        case 4 -> json.append(one(List.of("true", "false", "null")));
        default -> container(pointer, depth);
      }
      blank();
    }

    private void container(String pointer, int depth) {
      if (random.nextBoolean()) {
        array(pointer, depth);
      } else {
        object(pointer, depth);
      }
    }

    private void array(String pointer, int depth) {
      json.append('[');
      int length = random.nextInt(4);
      for (int i = 0; i < length; i++) {
        json.append(i > 0 ? "," : "");
        value(pointer + "/" + i, depth + 1);
      }
      blank();
      json.append(']');
    }

    private void object(String pointer, int depth) {
      json.append('{');
      List<String> names = new ArrayList<>(NAMES);
      int length = random.nextInt(5);
      for (int i = 0; i < length; i++) {
        String name = names.remove(random.nextInt(names.size()));
        json.append(i > 0 ? "," : "");
        blank();
        string(name);
        blank();
        json.append(':');
        value(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), depth + 1);
      }
      blank();
      json.append('}');
    }

    private String words() {
      StringBuilder words = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        words.append(one(CHARACTERS));
      }
      return words.toString();
    }

    private void string(String text) {
      json.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean half = Character.isSurrogate(c);
        if (c < ' ' || (random.nextInt(4) == 0 && !half)) {
          json.append("\\u").append(String.format("%04x", (int) c));
        } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
          json.append('\\').append(c);
        } else {
          json.append(c);
        }
      }
      json.append('"');
    }

    private void blank() {
      for (int blanks = random.nextInt(6) - 3; blanks > 0; blanks--) {
        json.append(" \n\r\t".charAt(random.nextInt(4)));
      }
    }

    private String one(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }

    /// A pointer to a value that is there, or one that differs from it by its last name.
    String pointer() {
      String pointer = pointers.isEmpty() ? "" : one(pointers);
      return switch (random.nextInt(4)) {
        case 0 -> pointer + "/" + one(List.of("a", "0", "1", "-"));
        case 1 -> "/" + one(List.of("a", "ab", "0", "7"));
        default -> pointer.isEmpty() ? "/a" : pointer;
      };
    }

    State scan(PointerScan scan) {
      ByteBuf in = Unpooled.copiedBuffer(json, UTF_8);
      int from = 0;
      while (from < in.readableBytes()) {
        int to = Math.min(in.readableBytes(), from + random.nextInt(5));
        scan.take(in, from, to);
        from = to;
      }
      return scan.end();
    }
  }

  @Property(tries = 4_000)
  void theScanFindsWhatJacksonsTreeHas(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int chars)
      throws JsonProcessingException {
    Text text = new Text(seed);
    String pointer = text.pointer();
    PointerScan scan = new PointerScan(JsonPointer.parse(pointer), chars);
    State state = text.scan(scan);
    JsonNode node = JACKSON.readTree(text.json.toString()).at(pointer);
    String wanted = key(node);
    if (wanted == null) {
      assertThat(state).as("%s in %s", pointer, text.json).isEqualTo(State.ABSENT);
      return;
    }
    assertThat(state).as("%s in %s", pointer, text.json).isEqualTo(State.FOUND);
    String found = new String(scan.key(), 0, scan.keyLength(), UTF_8);
    if (node.isNumber() && found.length() < chars) {
      assertThat(new BigDecimal(found)).isEqualByComparingTo(node.decimalValue());
    } else if (!node.isNumber()) {
      assertThat(found).isEqualTo(cut(wanted, chars));
    }
  }

  /// A tree's value as a key; null if it is none.
  private static @Nullable String key(JsonNode node) {
    return node.isMissingNode()
            || node.isNull()
            || node.isContainerNode()
            || node.asText().isEmpty()
        ? null
        : node.asText();
  }

  private static String cut(String text, int chars) {
    int length = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(chars, length)));
  }

  /// One character is changed, so that many texts are none any more.
  @Property(tries = 4_000)
  void theScanRefusesNothingThatJacksonReads(@ForAll long seed) {
    Text text = new Text(seed);
    SplittableRandom random = new SplittableRandom(~seed);
    int at = random.nextInt(text.json.length());
    if (Character.isSurrogate(text.json.charAt(at))) {
      return;
    }
    text.json.setCharAt(at, "{}[]:,\"\\0 1-.eEu\n".charAt(random.nextInt(17)));
    PointerScan scan = new PointerScan(JsonPointer.parse("/nowhere"), 1);
    State state = text.scan(scan);
    if (readable(text.json.toString())) {
      assertThat(state).as("%s", text.json).isEqualTo(State.ABSENT);
    }
  }

  private static boolean readable(String json) {
    try (JsonParser parser = JACKSON.createParser(json)) {
      parser.nextToken();
      parser.skipChildren();
      return true;
    } catch (IOException noJson) {
      return false;
    }
  }
}
