package dev.ringmaster.app.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts defaults, file and flags together: a flag goes before the file, the file before a default.
public final class SettingsReader {
  /// The file that is read when no other is named, if it is there.
  public static final String FILE = "ringmaster.yaml";

  /// More than any settings file has; a larger one is something else.
  static final long MAX_FILE_BYTES = 1 << 20;

  private SettingsReader() {}

  /// The file that settings come from, whether it is there or not.
  public static Path fileRead(Path directory, @Nullable Path file) {
    return file == null ? directory.resolve(FILE) : file;
  }

  /// Reads and checks all settings.
  ///
  /// @param directory where [#FILE] is looked for
  /// @param file the file that was named, or null
  /// @param flags what the flags gave
  /// @throws Rejected with all that is wrong
  public static Configuration read(Path directory, @Nullable Path file, List<Given> flags)
      throws Rejected {
    Path usual = directory.resolve(FILE);
    if (file == null && !Files.exists(usual)) {
      return Configuration.ofOne(Values.of(flags));
    }
    Path chosen = file == null ? usual : file;
    return Assembly.of(load(file == null ? FILE : file.toString(), chosen), flags);
  }

  private static SettingsFile.Content load(String name, Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        return SettingsFile.Content.wrong(name + ": is larger than " + MAX_FILE_BYTES + " bytes");
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        return SettingsFile.read(name, reader);
      }
    } catch (NoSuchFileException e) {
      return SettingsFile.Content.wrong(name + ": no such file");
    } catch (IOException e) {
      return SettingsFile.Content.wrong(name + ": cannot be read: " + e);
    }
  }
}
