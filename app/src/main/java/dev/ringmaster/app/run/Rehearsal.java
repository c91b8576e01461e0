package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.Given;
import dev.ringmaster.app.settings.Rejected;
import dev.ringmaster.app.settings.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A short life of a Ringmaster: what it loads when it starts is what its AOT cache must hold.
public final class Rehearsal {
  private static final int REQUESTS = 50;

  private Rehearsal() {}

  /// Starts it on free ports with a data directory that is removed, asks it a few times, stops it.
  public static void run() throws CannotStart, IOException, InterruptedException {
    Path data = Files.createTempDirectory("ringmaster-rehearsal");
    Configuration configuration = Configuration.ofOne(values(data));
    try (Ringmaster ringmaster = Ringmaster.start(configuration, () -> configuration)) {
      ringmaster.ready().join();
      for (int i = 0; i < REQUESTS; i++) {
        ask(ringmaster.port(), "/home");
        ask(ringmaster.port(), "/rep");
      }
    } finally {
      remove(data);
    }
  }

  private static Values values(Path data) {
    List<Given> given =
        List.of(
            given("address", "127.0.0.1"),
            given("port", "0"),
            given("admin-port", "0"),
            given("replicas", "1"),
            given("data", data.toString()));
    try {
      return Values.of(given);
    } catch (Rejected e) {
      throw new IllegalStateException("these are right", e);
    }
  }

  private static Given given(String key, String text) {
    return new Given(key, text, "rehearsal");
  }

  private static void ask(int port, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (connection.getResponseCode() != 200) {
      throw new IOException(uri + " answered " + connection.getResponseCode());
    }
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(Rehearsal::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
