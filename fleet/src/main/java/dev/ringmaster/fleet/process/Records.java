package dev.ringmaster.fleet.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which process is which replica, for the Ringmaster that comes after this one: `<name>.process`
/// holds one line, `<service> <port> <handle>`.
final class Records {
  private static final String SUFFIX = ".process";

  private final Path directory;
  private final String service;

  /// One replica's process.
  record Entry(String name, int port, Pid process) {}

  Records(Path directory, String service) {
    this.directory = directory;
    this.service = service;
  }

  void write(Entry entry) throws IOException {
    Path file = fileOf(entry.name());
    Path temporary = directory.resolve(entry.name() + SUFFIX + ".new");
    Files.writeString(
        temporary, service + " " + entry.port() + " " + entry.process().handle() + "\n");
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removes the record of this process, not that of a later one of the same name.
  void remove(Entry entry) throws IOException {
    Path file = fileOf(entry.name());
    if (entry.equals(read(file))) {
      Files.deleteIfExists(file);
    }
  }

  /// All records of the service; those that cannot be read are left out.
  List<Entry> all() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        Entry entry = read(file);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  private Path fileOf(String name) {
    return directory.resolve(name + SUFFIX);
  }

  private @Nullable Entry read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      String name = file.getFileName().toString();
      Pid process = words.length == 3 ? Pid.parse(words[2]) : null;
      if (process == null || !words[0].equals(service)) {
        return null;
      }
      return new Entry(
          name.substring(0, name.length() - SUFFIX.length()), Integer.parseInt(words[1]), process);
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }
}
