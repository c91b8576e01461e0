package dev.ringmaster.app.run;

import dev.ringmaster.fleet.runtime.process.ArgumentVector;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the bundled server is started: by the Java that runs Ringmaster, from Ringmaster's own jar.
final class BundledServer {
  /// Small and quick to start: the interpreter and the first compiler, the plainest collector.
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms16m", "-Xmx64m", "-Xss512k");

  private BundledServer() {}

  static ArgumentVector command() throws CannotStart {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLAGS);
    Path home = home();
    if (Files.isDirectory(home)) {
      words.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "dev.ringmaster.app.Main"));
    } else {
      Path cache = aotCache(home);
      if (Files.exists(cache)) {
        words.add("-XX:AOTCache=" + cache);
      }
      words.addAll(List.of("-jar", home.toString()));
    }
    words.add("server");
    return new ArgumentVector(words);
  }

  /// The jar that this class is from, or the directory of classes.
  private static Path home() throws CannotStart {
    try {
      return Path.of(
          BundledServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new CannotStart("cannot tell where Ringmaster's jar is; give a --command", e);
    }
  }

  /// The AOT cache that the launcher makes beside a jar.
  private static Path aotCache(Path jar) {
    return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", "") + ".aot");
  }
}
