package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The tables of messages beside the tests, and ways to cut a message into pieces.
final class Table {
  /// Longer messages are cut at some places only, not at all of them.
  private static final int CUT_EVERYWHERE_BYTES = 600;

  private Table() {}

  /// What must come of a message, and the message; `text` is how the table spells it.
  record Row(int line, String expected, String text) {
    byte[] bytes() {
      return expand(text).getBytes(StandardCharsets.ISO_8859_1);
    }

    List<String> words() {
      return List.of(expected.split(" "));
    }

    @Override
    public String toString() {
      return "line %d: %s".formatted(line, text.length() > 120 ? text.substring(0, 120) : text);
    }
  }

  static List<Row> rows(String name) {
    List<Row> rows = new ArrayList<>();
    List<String> lines = read(name).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && line.charAt(0) != '#') {
        int gap = line.indexOf("  ");
        rows.add(new Row(i + 1, line.substring(0, gap), line.substring(gap + 2)));
      }
    }
    return rows;
  }

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Resolves escapes and `{text*count}`.
  static String expand(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{') {
        int end = matching(text, at);
        int star = text.lastIndexOf('*', end);
        int count = Integer.parseInt(text.substring(star + 1, end));
        out.repeat(expand(text.substring(at + 1, star)), count);
        at = end + 1;
      } else if (c == '\\') {
        at = escape(text, at + 1, out);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static int matching(String text, int open) {
    int depth = 0;
    int at = open;
    do {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      at++;
    } while (depth > 0);
    return at - 1;
  }

  private static int escape(String text, int at, StringBuilder out) {
    char c = text.charAt(at);
    if (c == 'x') {
      out.append((char) HexFormat.fromHexDigits(text, at + 1, at + 3));
      return at + 3;
    }
    out.append(
        switch (c) {
          case 'r' -> '\r';
          case 'n' -> '\n';
          case 't' -> '\t';
          case '0' -> '\0';
          default -> c;
        });
    return at + 1;
  }

  /// A buffer of exactly these bytes, so that reading outside fails.
  static ByteBuf buffer(byte[] bytes, int from, int to) {
    return Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, to));
  }

  /// The lines with CR LF between them.
  static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The results of a function that gets the message whole, byte by byte, and cut in two at every
  /// place (of long messages: at 32 places).
  static List<String> cutEverywhere(byte[] message, Function<int[], String> result) {
    List<String> results = new ArrayList<>();
    results.add(result.apply(new int[] {0, message.length}));
    int[] single = new int[message.length + 1];
    Arrays.setAll(single, i -> i);
    results.add(result.apply(single));
    int stride = message.length <= CUT_EVERYWHERE_BYTES ? 1 : message.length / 32;
    for (int cut = 1; cut < message.length; cut += stride) {
      results.add(result.apply(new int[] {0, cut, message.length}));
    }
    return results;
  }

  /// Bounds of up to four pieces.
  static int[] randomCuts(RandomGenerator random, int length) {
    int[] cuts = {
      0, random.nextInt(length + 1), random.nextInt(length + 1), random.nextInt(length + 1), length
    };
    Arrays.sort(cuts);
    return cuts;
  }
}
