package dev.ringmaster.app.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts defaults, file and flags together: a flag goes before the file, the file before a default.
public final class SettingsReader {
  /// The file that is read when no other is named, if it is there.
  public static final String FILE = "ringmaster.yaml";

  /// More than any settings file has; a larger one is something else.
  static final long MAX_FILE_BYTES = 1 << 20;

  private SettingsReader() {}

  /// Reads and checks all settings.
  ///
  /// @param directory where [#FILE] is looked for
  /// @param file the file that was named, or null
  /// @param flags what the flags gave
  /// @throws Rejected with all that is wrong
  public static Values read(Path directory, @Nullable Path file, List<Given> flags)
      throws Rejected {
    List<Given> given = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Path usual = directory.resolve(FILE);
    if (file != null || Files.exists(usual)) {
      Path chosen = file == null ? usual : file;
      SettingsFile.Content content = load(file == null ? FILE : file.toString(), chosen);
      given.addAll(content.given());
      problems.addAll(content.problems());
    }
    given.addAll(flags);
    return Values.of(given, problems);
  }

  private static SettingsFile.Content load(String name, Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        return wrong(name + ": is larger than " + MAX_FILE_BYTES + " bytes");
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        return SettingsFile.read(name, reader);
      }
    } catch (NoSuchFileException e) {
      return wrong(name + ": no such file");
    } catch (IOException e) {
      return wrong(name + ": cannot be read: " + e);
    }
  }

  private static SettingsFile.Content wrong(String problem) {
    return new SettingsFile.Content(List.of(), List.of(problem));
  }
}
