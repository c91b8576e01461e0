package dev.ringmaster.app.run;

import dev.ringmaster.fleet.plan.Names;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a service's replicas have their files, and what they are called.
///
/// The only service has `DIR/replicas` and S1, S2, S3. Each of several has a directory of its own,
/// `DIR/replicas-<service>`, and names that begin with the service's, since a container's name is
/// one for the whole engine. A service whose replicas still run in `DIR/replicas`, from the time
/// when it was the only one, stays there until none does, so that they are adopted.
///
/// @param directory for output and records
/// @param prefix of names
record Quarters(Path directory, String prefix) {
  private static final String SHARED = "replicas";

  static Quarters ofOnly(Path data) {
    return new Quarters(data.resolve(SHARED), Names.PREFIX);
  }

  static Quarters ofOneOfSeveral(Path data, String service) throws IOException {
    boolean old = runsIn(data.resolve(SHARED), service);
    Path directory = data.resolve(old ? SHARED : SHARED + "-" + service);
    return new Quarters(directory, service + "-");
  }

  /// Whether the directory has the record of a replica of this service.
  private static boolean runsIn(Path directory, String service) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (DirectoryStream<Path> records = Files.newDirectoryStream(directory, "*.process")) {
      for (Path file : records) {
        if (Files.readString(file).startsWith(service + " ")) {
          return true;
        }
      }
    }
    return false;
  }
}
