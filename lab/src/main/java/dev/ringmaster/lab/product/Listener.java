package dev.ringmaster.lab.product;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Finds the process that listens on a TCP port, among the descendants of a process.
///
/// On Linux it reads `/proc/net/tcp` and `/proc/net/tcp6` (proc_net_tcp: local address, state 0A
/// for listening, inode) and the descendants' open files; elsewhere it asks `lsof`.
final class Listener {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int LSOF_LIMIT_SECONDS = 10;

  private Listener() {}

  static ProcessHandle on(int port, ProcessHandle ancestor) throws ProductFailure {
    try {
      if (!Files.isReadable(PROC.resolve("net/tcp"))) {
        return byLsof(port);
      }
      Set<String> sockets = new HashSet<>();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        if (Files.isReadable(PROC.resolve(table))) {
          sockets.addAll(sockets(Files.readAllLines(PROC.resolve(table)), port));
        }
      }
      return ancestor
          .descendants()
          .filter(process -> holds(process, sockets))
          .findFirst()
          .orElseThrow(() -> nobody(port));
    } catch (IOException e) {
      throw e instanceof ProductFailure failure
          ? failure
          : new ProductFailure("cannot find who listens on port " + port, e);
    }
  }

  /// The names of the listening sockets on a port, as links in `/proc/PID/fd` show them.
  static Set<String> sockets(List<String> table, int port) {
    Set<String> sockets = new HashSet<>();
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String line : table) {
      String[] field = line.strip().split("\\s+", -1);
      if (field.length > INODE && field[LOCAL].endsWith(suffix) && field[STATE].equals(LISTENING)) {
        sockets.add("socket:[" + field[INODE] + "]");
      }
    }
    return sockets;
  }

  /// A process that ends while it is looked at holds nothing.
  private static boolean holds(ProcessHandle process, Set<String> sockets) {
    Path files = PROC.resolve(process.pid() + "/fd");
    try (DirectoryStream<Path> links = Files.newDirectoryStream(files)) {
      for (Path link : links) {
        if (sockets.contains(Files.readSymbolicLink(link).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return false;
    }
  }

  private static ProcessHandle byLsof(int port) throws IOException {
    Process lsof =
        new ProcessBuilder("lsof", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
            .redirectErrorStream(true)
            .start();
    String answer = lsof.inputReader().readLine();
    try {
      lsof.waitFor(LSOF_LIMIT_SECONDS, TimeUnit.SECONDS);
      return ProcessHandle.of(Long.parseLong(String.valueOf(answer).strip()))
          .orElseThrow(() -> nobody(port));
    } catch (NumberFormatException e) {
      throw nobody(port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw nobody(port);
    }
  }

  private static ProductFailure nobody(int port) {
    return new ProductFailure("no replica's process listens on port " + port);
  }
}
