package dev.ringmaster.fleet.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which TCP ports processes listen on, as far as Linux tells (proc_pid_net(5)).
final class Listening {
  /// In `/proc/net/tcp`: `0A` is LISTEN; the inode joins it to `/proc/PID/fd/*`.
  private static final String LISTEN = "0A";

  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Listening() {}

  /// The ports on which any of these processes listens.
  static SortedSet<Integer> ports(Collection<ProcessHandle> processes) {
    Set<String> sockets = new HashSet<>();
    for (ProcessHandle process : processes) {
      addSockets(process.pid(), sockets);
    }
    SortedSet<Integer> ports = new TreeSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      addPorts(Path.of(table), sockets, ports);
    }
    return ports;
  }

  private static void addSockets(long pid, Set<String> into) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("socket:[")) {
          into.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // It ended while it was looked at: it listens on nothing.
    }
  }

  private static void addPorts(Path table, Set<String> sockets, SortedSet<Integer> into) {
    try {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.strip().split(" +", -1);
        boolean listens = fields.length > INODE && fields[STATE].equals(LISTEN);
        if (listens && sockets.contains(fields[INODE])) {
          String local = fields[LOCAL];
          into.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16));
        }
      }
    } catch (IOException e) {
      // This system has no such table.
    }
  }
}
