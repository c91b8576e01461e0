package dev.ringmaster.app.settings.catalog;

import java.util.List;

/// What is written about requests.
public final class Logging {
  public static final Setting<String> ACCESS_LOG =
      new Setting<>(
          "access-log",
          Scope.PROCESS,
          Kind.word("off|-|PATH", "off, - or a path"),
          "off",
          "One JSON line a request to standard output (-) or a file that is rotated by size.");

  static final Group GROUP = new Group("Logging", List.of(ACCESS_LOG));

  private Logging() {}
}
