package dev.ringmaster.app.run;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this very program is started once more: by the Java that runs it, from its own jar, with an
/// AOT cache that the launcher made beside the jar: `ringmaster.aot` for all that is not the
/// bundled server, `ringmaster-server.aot` for that. One cache for both would make the server's
/// start slower than none does.
public final class OwnProgram {
  private OwnProgram() {}

  /// For the bundled server: small and quick to start, with the first compiler alone and the
  /// plainest collector.
  private static final List<String> SERVER_FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms16m", "-Xmx64m", "-Xss512k");

  /// The argument vector of the bundled server.
  static List<String> server() throws CannotStart {
    List<String> words = command(SERVER_FLAGS, "-server.aot");
    words.addAll(List.of("server", "--address", "127.0.0.1"));
    return words;
  }

  /// The argument vector before a command.
  public static List<String> command() throws CannotStart {
    return command(List.of("-XX:+UseSerialGC"), ".aot");
  }

  private static List<String> command(List<String> flags, String cacheSuffix) throws CannotStart {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    Path home = home();
    if (Files.isDirectory(home)) {
      words.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "dev.ringmaster.app.Main"));
      return words;
    }
    String name = home.getFileName().toString().replaceFirst("\\.jar$", "");
    Path cache = home.resolveSibling(name + cacheSuffix);
    if (Files.exists(cache)) {
      words.add("-XX:AOTCache=" + cache);
    }
    words.addAll(List.of("-jar", home.toString()));
    return words;
  }

  /// The jar that this class is from, or the directory of classes.
  private static Path home() throws CannotStart {
    try {
      return Path.of(OwnProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new CannotStart("cannot tell where Ringmaster's jar is", e);
    }
  }
}
