package dev.ringmaster.fleet.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds out in which container this program runs.
///
/// Docker mounts files of its own into each container (`hostname`, `hosts`, `resolv.conf`) from
/// `…/containers/ID/…`, which the container's mount table shows with either version of control
/// groups and under any host name.
final class OwnContainer {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final Pattern ID =
      Pattern.compile("/containers/([0-9a-f]{64})/(?:hostname|hosts|resolv\\.conf) ");

  private OwnContainer() {}

  /// The container's id; empty outside of any.
  static Optional<String> id() {
    try {
      return Files.isReadable(MOUNTS) ? idIn(Files.readAllLines(MOUNTS)) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static Optional<String> idIn(List<String> mounts) {
    for (String mount : mounts) {
      Matcher matcher = ID.matcher(mount);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
