package dev.ringmaster.gateway.settings;

import java.nio.file.Path;

/// Where one line for each exchange goes.
public sealed interface AccessLogTarget {

  /// Nowhere.
  record Off() implements AccessLogTarget {}

  /// Standard output.
  record StandardOutput() implements AccessLogTarget {}

  /// A file, moved to `PATH.1` when it is full; older ones to `.2` and so on.
  ///
  /// @param path the file; its directory exists
  /// @param maxBytes when it is full
  /// @param kept how many full files are kept beside it
  record File(Path path, long maxBytes, int kept) implements AccessLogTarget {
    /// A file of 64 MiB with four kept.
    public static File of(Path path) {
      return new File(path, 64L << 20, 4);
    }
  }

  /// Whether there is none.
  default boolean off() {
    return this instanceof Off;
  }

  /// What the flag `--access-log off|-|PATH` means.
  static AccessLogTarget parse(String text) {
    return switch (text) {
      case "off" -> new Off();
      case "-" -> new StandardOutput();
      default -> File.of(Path.of(text));
    };
  }
}
