package dev.ringmaster.fleet.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What the replicas write: `<name>.log`, and what came before it in `<name>.log.1`.
///
/// A replica writes to its file itself, through no pipe: it never waits for Ringmaster, and writes
/// on when Ringmaster dies. So the bound is kept from outside: the file is opened for appending,
/// and [#bound], called every second or so, copies what passed the limit aside and cuts the file to
/// nothing, after which the replica's next line lands at its start. A line written between the two
/// is lost, and a replica may pass the limit by what it writes in a second.
final class OutputFiles {
  static final long LIMIT_BYTES = 1 << 20;

  /// Files of replicas that ended are kept for this many.
  private static final int KEPT = 32;

  private static final int TAIL_BYTES = 16 << 10;
  private static final int LINE_CHARS = 400;

  private final Path directory;

  OutputFiles(Path directory) {
    this.directory = directory;
  }

  Path of(String name) {
    return directory.resolve(name + ".log");
  }

  private Path olderOf(String name) {
    return directory.resolve(name + ".log.1");
  }

  /// Cuts the file if it has passed the limit.
  void bound(String name) throws IOException {
    Path file = of(name);
    if (!Files.exists(file) || Files.size(file) <= LIMIT_BYTES) {
      return;
    }
    try (FileChannel log =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long from = log.size() - LIMIT_BYTES;
      try (FileChannel older =
          FileChannel.open(
              olderOf(name),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        log.transferTo(from, LIMIT_BYTES, older);
      } finally {
        log.truncate(0); // Also when there is no room for the copy: that is what the bound is for.
      }
    }
  }

  /// The last lines, oldest first, fit for a log: short and without control characters.
  List<String> tail(String name, int lines) {
    byte[] tail;
    try (FileChannel log = FileChannel.open(of(name), StandardOpenOption.READ)) {
      long from = Math.max(0, log.size() - TAIL_BYTES);
      ByteBuffer buffer = ByteBuffer.allocate(TAIL_BYTES);
      log.read(buffer, from);
      tail = new byte[buffer.position()];
      buffer.flip().get(tail);
    } catch (IOException e) {
      return List.of(); // It wrote nothing, or nothing that can be read.
    }
    List<String> all =
        new String(tail, UTF_8).lines().map(OutputFiles::shown).filter(l -> !l.isEmpty()).toList();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  private static String shown(String line) {
    String text = line.replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() > LINE_CHARS ? text.substring(0, LINE_CHARS) + "…" : text;
  }

  /// Removes the files of replicas that ended, but for the newest ones.
  void forget(Set<String> living) throws IOException {
    List<Path> logs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.log")) {
      for (Path file : files) {
        if (!living.contains(nameOf(file))) {
          logs.add(file);
        }
      }
    }
    logs.sort(Comparator.comparingLong(file -> -file.toFile().lastModified()));
    for (Path file : logs.subList(Math.min(KEPT, logs.size()), logs.size())) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(olderOf(nameOf(file)));
    }
  }

  private static String nameOf(Path log) {
    String file = log.getFileName().toString();
    return file.substring(0, file.length() - ".log".length());
  }
}
