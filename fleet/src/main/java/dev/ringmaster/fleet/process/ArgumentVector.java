package dev.ringmaster.fleet.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command as an argument vector with places for what differs between replicas: `{port}`,
/// `{name}` and `{id}`. It never reaches a shell.
///
/// @param words the program and its arguments, places not yet filled; at least one
public record ArgumentVector(List<String> words) {

  /// Checks the words.
  ///
  /// @throws IllegalArgumentException if there is no word, or the first one is empty
  public ArgumentVector {
    words = List.copyOf(words);
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new IllegalArgumentException("a command must name a program");
    }
  }

  /// Splits a line at spaces as a POSIX shell would, and does nothing else that a shell does: `'…'`
  /// keeps all, `"…"` keeps all but `\"` and `\\`, a backslash outside quotes keeps the next
  /// character.
  ///
  /// @throws IllegalArgumentException if a quote is not closed or there is no word
  public static ArgumentVector parse(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (Character.isWhitespace(c)) {
        flush(word, words);
        word = null;
        i++;
      } else {
        word = word == null ? new StringBuilder() : word;
        i = c == '\'' || c == '"' ? quoted(line, i, word) : plain(line, i, word);
      }
    }
    flush(word, words);
    return new ArgumentVector(words);
  }

  /// The words for one replica.
  public List<String> fill(int port, String name, String id) {
    return words.stream()
        .map(word ->
            word.replace("{port}", String.valueOf(port))
                .replace("{name}", name)
                .replace("{id}", id))
        .toList();
  }

  private static void flush(@Nullable StringBuilder word, List<String> words) {
    if (word != null) {
      words.add(word.toString());
    }
  }

  private static int plain(String line, int at, StringBuilder word) {
    if (line.charAt(at) != '\\') {
      word.append(line.charAt(at));
      return at + 1;
    }
    if (at + 1 == line.length()) {
      throw new IllegalArgumentException("the command ends in a lone backslash: " + line);
    }
    word.append(line.charAt(at + 1));
    return at + 2;
  }

  private static int quoted(String line, int open, StringBuilder word) {
    char quote = line.charAt(open);
    int i = open + 1;
    while (i < line.length() && line.charAt(i) != quote) {
      if (quote == '"' && escapes(line, i)) {
        i++;
      }
      word.append(line.charAt(i++));
    }
    if (i == line.length()) {
      throw new IllegalArgumentException(
          "the command's quote "
              + quote
              + " at character "
              + (open + 1)
              + " is not closed: "
              + line);
    }
    return i + 1;
  }

  private static boolean escapes(String line, int at) {
    return line.charAt(at) == '\\'
        && at + 1 < line.length()
        && (line.charAt(at + 1) == '"' || line.charAt(at + 1) == '\\');
  }
}
