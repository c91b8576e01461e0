package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.app.settings.Rejected;
import dev.ringmaster.app.settings.SettingsReader;
import dev.ringmaster.console.reload.ReloadResult;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A Ringmaster in this process, whose settings file a test writes again and again.
final class Reloadable implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);

  private final Path file;
  private final Ringmaster ringmaster;
  private final HttpClient client = HttpClient.newHttpClient();

  private Reloadable(Path file, Ringmaster ringmaster) {
    this.file = file;
    this.ringmaster = ringmaster;
  }

  /// Starts with these lines below those that every test has, and waits until it is ready.
  static Reloadable start(Path directory, String... lines)
      throws IOException, Rejected, CannotStart {
    Path file = directory.resolve("ringmaster.yaml");
    write(file, lines);
    SettingsReading reading = () -> SettingsReader.read(directory, file, List.of());
    Ringmaster ringmaster = Ringmaster.start(reading.read(), reading);
    ringmaster.ready().join();
    return new Reloadable(file, ringmaster);
  }

  private static void write(Path file, String... lines) throws IOException {
    String all =
        """
        address: 127.0.0.1
        port: 0
        admin-port: 0
        event-loops: 2
        data: %s
        """
            .formatted(file.resolveSibling("data"));
    Files.writeString(file, all + String.join("\n", lines) + "\n");
  }

  Reload reloads() {
    return ringmaster.reload();
  }

  int port() {
    return ringmaster.port();
  }

  ReloadResult reload(String... lines) throws IOException {
    write(file, lines);
    return ringmaster.reload().reload("a test");
  }

  /// Reloads and expects that it is done.
  void reloaded(String... lines) throws IOException {
    assertThat(reload(lines)).isInstanceOf(ReloadResult.Done.class);
  }

  /// Reloads and expects that it is refused for one reason.
  String refused(String... lines) throws IOException {
    ReloadResult result = reload(lines);
    assertThat(result).isInstanceOf(ReloadResult.Refused.class);
    List<String> problems = ((ReloadResult.Refused) result).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  CompletableFuture<HttpResponse<String>> ask(String target, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target)).timeout(LONG);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port() + target);
    return client.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  /// The N of a service.
  int desired(String service) {
    return view(service).desired();
  }

  /// The names of a service's replicas on seats.
  List<String> names(String service) {
    return view(service).replicas().stream()
        .filter(replica -> replica.seat() != Replica.SPARE)
        .map(Replica::name)
        .toList();
  }

  private FleetView view(String service) {
    return ringmaster.services().stream()
        .filter(unit -> unit.name().equals(service))
        .findFirst()
        .orElseThrow()
        .fleet()
        .view();
  }

  /// The body of an answer.
  String get(String target, String... headers) {
    return ask(target, headers).join().body();
  }

  @Override
  public void close() {
    client.close();
    ringmaster.close();
  }
}
