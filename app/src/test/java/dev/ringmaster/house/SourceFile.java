package dev.ringmaster.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One text file of the project, by its path from the project's root.
record SourceFile(String path, List<String> lines) {

  boolean isMain() {
    return path.contains("/src/main/java/");
  }

  boolean isTest() {
    return path.contains("/src/test/java/");
  }

  String text() {
    return String.join("\n", lines);
  }

  String typeName() {
    return path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
  }

  /// The project's root: the nearest folder upwards that holds the launcher.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("check"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside a checkout of Ringmaster");
    }
    return folder;
  }

  /// Every Java source of every room.
  static List<SourceFile> java() {
    Path root = root();
    try (Stream<Path> rooms = Files.list(root)) {
      return rooms
          .map(room -> room.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(src -> below(src, ".java"))
          .map(file -> read(root, file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The documents that users read: those of the root and all in docs.
  static List<SourceFile> documents() {
    Path root = root();
    try (Stream<Path> top = Files.list(root)) {
      List<Path> files =
          Stream.concat(
                  top.filter(file -> file.toString().endsWith(".md")),
                  below(root.resolve("docs"), ".md"))
              .sorted()
              .toList();
      return files.stream().map(file -> read(root, file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> below(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceFile read(Path root, Path file) {
    try {
      return new SourceFile(root.relativize(file).toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
