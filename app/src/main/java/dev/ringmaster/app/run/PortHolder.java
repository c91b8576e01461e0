package dev.ringmaster.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who listens on a port of this machine, as far as Linux tells.
///
/// `/proc/net/tcp` has a line for each socket: number, local address as `HEX_IP:HEX_PORT`, remote
/// address, state (`0A` listens), …, and the inode tenth. `/proc/PID/fd/N` links to
/// `socket:[INODE]`.
final class PortHolder {
  private static final Path PROC = Path.of("/proc");

  private PortHolder() {}

  /// Such as `python3 (process 4711)`; empty if it cannot be told.
  static Optional<String> of(int port) {
    List<String> inodes = new ArrayList<>();
    inodes.addAll(listening(PROC.resolve("net/tcp"), port));
    inodes.addAll(listening(PROC.resolve("net/tcp6"), port));
    if (inodes.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> holdsOne(process, inodes))
          .findFirst()
          .map(PortHolder::describe);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static List<String> listening(Path table, int port) {
    String local = ":%04X".formatted(port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(cells -> cells.length > 9 && cells[1].endsWith(local) && cells[3].equals("0A"))
          .map(cells -> cells[9])
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static boolean holdsOne(Path process, List<String> inodes) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors.anyMatch(descriptor ->
          inodes.stream().anyMatch(inode -> target(descriptor).equals("socket:[" + inode + "]")));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String describe(Path process) {
    String name;
    try {
      name = Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      name = "a program";
    }
    return name + " (process " + process.getFileName() + ")";
  }
}
