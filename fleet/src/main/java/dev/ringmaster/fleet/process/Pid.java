package dev.ringmaster.fleet.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One process for good: its id and when it was born, since ids are used again.
///
/// As a handle: `4711:918273@0d0f…`, on Linux the start time in clock ticks after boot and the
/// boot's id, elsewhere the start time in ms.
///
/// @param pid the process id
/// @param birth equal for the same process alone
record Pid(long pid, String birth) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// In `/proc/PID/stat`, counted after the command's closing parenthesis (proc_pid_stat(5)).
  private static final int STATE = 0;

  private static final int SESSION = 3;
  private static final int START_TICKS = 19;

  /// The process that has this id now; null if none has.
  static @Nullable Pid of(long pid) {
    String[] stat = stat(pid);
    if (stat != null) {
      return stat[STATE].equals("Z") || stat[STATE].equals("X")
          ? null
          : new Pid(pid, stat[START_TICKS] + "@" + bootId());
    }
    if (Files.exists(BOOT_ID)) {
      return null;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> new Pid(pid, String.valueOf(start.toEpochMilli())))
        .orElse(null);
  }

  /// The process of a handle, which may have ended; null if the text is no handle.
  static @Nullable Pid parse(String handle) {
    int colon = handle.indexOf(':');
    if (colon < 1 || !handle.substring(0, colon).matches("[0-9]{1,18}")) {
      return null;
    }
    return new Pid(Long.parseLong(handle.substring(0, colon)), handle.substring(colon + 1));
  }

  String handle() {
    return pid + ":" + birth;
  }

  boolean alive() {
    return equals(of(pid));
  }

  /// The session of a process, 0 if that is not known.
  static long sessionOf(long pid) {
    String[] stat = stat(pid);
    return stat == null ? 0 : Long.parseLong(stat[SESSION]);
  }

  private static String @Nullable [] stat(long pid) {
    try {
      String line =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return fields.length > START_TICKS ? fields : null;
    } catch (IOException | IndexOutOfBoundsException e) {
      return null; // It has ended, or this system has no /proc.
    }
  }

  private static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
