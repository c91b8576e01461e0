package dev.ringmaster.gateway.key.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A JSON pointer (RFC 6901): the way to one value of a JSON text, name by name and index by index.
///
/// Two forms are read: `/user/id`, and the one for URI fragments (section 6), `#/user/id`, in which
/// any byte may be written as `%2C`. In both, `~1` stands for `/` and `~0` for `~` inside a name.
public final class JsonPointer {
  /// More names than this are a mistake.
  public static final int MOST_NAMES = 32;

  /// What [#index] answers for a name that is no index of an array.
  static final int NO_INDEX = -1;

  /// Indexes have fewer digits than this: a body that is read for its key is far shorter.
  private static final int INDEX_DIGITS = 10;

  private final String text;
  private final byte[][] names;
  private final int[] indexes;

  private JsonPointer(String text, List<String> names) {
    this.text = text;
    this.names = new byte[names.size()][];
    this.indexes = new int[names.size()];
    for (int i = 0; i < names.size(); i++) {
      this.names[i] = names.get(i).getBytes(UTF_8);
      this.indexes[i] = index(names.get(i));
    }
  }

  /// Reads a pointer of at least one name.
  ///
  /// @throws IllegalArgumentException if it is none; the message says why
  public static JsonPointer parse(String text) {
    String plain = text.startsWith("#") ? decoded(text.substring(1)) : text;
    if (!plain.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no JSON pointer: it starts with '/', as in /user/id");
    }
    List<String> names = new ArrayList<>();
    for (String name : plain.substring(1).split("/", -1)) {
      names.add(unescaped(text, name));
    }
    if (names.size() > MOST_NAMES) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' has more than "
              + MOST_NAMES
              + " names, the most a JSON pointer may have here");
    }
    return new JsonPointer(text, names);
  }

  private static String unescaped(String text, String name) {
    for (int at = name.indexOf('~'); at >= 0; at = name.indexOf('~', at + 1)) {
      if (at + 1 == name.length() || "01".indexOf(name.charAt(at + 1)) < 0) {
        throw new IllegalArgumentException(
            "'" + text + "' is no JSON pointer: '~' must be followed by 0 or 1");
      }
    }
    return name.replace("~1", "/").replace("~0", "~");
  }

  private static String decoded(String fragment) {
    byte[] bytes = fragment.getBytes(UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        plain.write(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException(
            "'#" + fragment + "' is no JSON pointer: '%' must be followed by two hex digits");
      }
      plain.write(high << 4 | low);
      i += 2;
    }
    return plain.toString(UTF_8);
  }

  /// An index has no sign and no leading zero (RFC 6901, section 4); `-` names no value that is
  /// there.
  private static int index(String name) {
    boolean digits =
        !name.isEmpty()
            && name.length() < INDEX_DIGITS
            && name.chars().allMatch(c -> c >= '0' && c <= '9')
            && (name.length() == 1 || name.charAt(0) != '0');
    return digits ? Integer.parseInt(name) : NO_INDEX;
  }

  /// How many names lead to the value; at least one.
  int depth() {
    return names.length;
  }

  /// A name's UTF-8 bytes; not to be changed.
  byte[] name(int level) {
    return names[level];
  }

  /// The name as an index of an array, or [#NO_INDEX].
  int index(int level) {
    return indexes[level];
  }

  /// The longest name, in bytes.
  int longestName() {
    int longest = 0;
    for (byte[] name : names) {
      longest = Math.max(longest, name.length);
    }
    return longest;
  }

  /// The form that [#parse] reads.
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonPointer that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
