package dev.ringmaster.app.settings.catalog;

import java.nio.file.Path;
import java.util.List;

/// Who may change the fleet, and whom Ringmaster believes.
public final class Trust {
  public static final Setting<String> CONTROL =
      new Setting<>(
          "control",
          Scope.PROCESS,
          Kind.choice(List.of("loopback", "open", "off")),
          "loopback",
          "Who may /add and /rm on the traffic port: this machine, everyone, no one.");

  public static final Setting<Path> TOKEN_FILE =
      new Setting<>(
          "token-file",
          Scope.PROCESS,
          Kind.path(),
          null,
          "File with the bearer token that control then needs.");

  static final Group GROUP = new Group("Control and trust", List.of(CONTROL, TOKEN_FILE));

  private Trust() {}
}
