package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A `ringmaster up` on free loopback ports, from its ready line to its end.
final class RunningRingmaster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern READY =
      Pattern.compile(
          "Ringmaster is ready: (http://\\S+:\\d+)(?:, (https://\\S+:\\d+))? \\((.+)\\), console"
              + " (http://\\S+:\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path errors;
  private final String readyLine;
  private final URI traffic;
  private final @Nullable String tls;
  private final URI console;
  private final Map<Long, ProcessHandle> seen = new LinkedHashMap<>();

  private RunningRingmaster(Process process, Path errors, String readyLine) {
    this.process = process;
    this.errors = errors;
    this.readyLine = readyLine;
    Matcher ready = READY.matcher(readyLine);
    assertThat(ready.find()).as(readyLine).isTrue();
    this.traffic = URI.create(ready.group(1));
    this.tls = ready.group(2);
    this.console = URI.create(ready.group(4));
  }

  /// Starts one and waits until it is ready. Its data directory is `directory/data`.
  static RunningRingmaster start(Path directory, String... flags) throws IOException {
    return start(directory, List.of(), flags);
  }

  /// The same with flags for its JVM.
  static RunningRingmaster start(Path directory, List<String> jvm, String... flags)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("up", "--address", "127.0.0.1"));
    arguments.addAll(List.of("--port", "0", "--admin-port", "0"));
    arguments.addAll(List.of("--data", directory.resolve("data").toString()));
    arguments.addAll(Arrays.asList(flags));
    Path out = Files.createTempFile(directory, "up", ".out");
    Path err = Files.createTempFile(directory, "up", ".err");
    Process process =
        new ProcessBuilder(Program.command(jvm, arguments))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> !process.isAlive() || READY.matcher(Files.readString(out)).find());
      assertThat(process.isAlive()).as("it runs; it said %s", Files.readString(err)).isTrue();
      return new RunningRingmaster(process, err, Files.readString(out).strip());
    } catch (RuntimeException | AssertionError e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
  }

  String readyLine() {
    return readyLine;
  }

  URI traffic() {
    return traffic;
  }

  /// Where it listens by TLS.
  URI tls() {
    if (tls == null) {
      throw new IllegalStateException("no TLS: " + readyLine);
    }
    return URI.create(tls);
  }

  URI console() {
    return console;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /// What it logged so far.
  String log() throws IOException {
    return Files.readString(errors);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(request(traffic.resolve(path), method, body), BodyHandlers.ofString());
  }

  /// Commands by the console.
  HttpResponse<String> command(String path, String body) throws IOException, InterruptedException {
    return http.send(request(console.resolve(path), "POST", body), BodyHandlers.ofString());
  }

  /// Asks the console for JSON.
  JsonNode api(String path) throws IOException, InterruptedException {
    HttpRequest request = request(console.resolve(path), "GET", "");
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private static HttpRequest request(URI uri, String method, String body) {
    return HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  /// The names of the replicas, as `/rep` tells them.
  List<String> names() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    JSON.readTree(get("/rep").body())
        .path("message")
        .path("replicas")
        .forEach(name -> names.add(name.textValue()));
    return names;
  }

  /// The processes of the serving replicas by name, found by the port in their environment.
  Map<String, ProcessHandle> replicas() throws IOException, InterruptedException {
    Map<String, ProcessHandle> replicas = new LinkedHashMap<>();
    for (JsonNode replica : api("/api/status").path("replicas")) {
      String address = replica.path("address").textValue();
      String port = address.substring(address.lastIndexOf(':') + 1);
      if (replica.path("state").textValue().equals("serving")) {
        ProcessHandle handle = withPort(port);
        replicas.put(replica.path("name").textValue(), handle);
        seen.put(handle.pid(), handle);
      }
    }
    return replicas;
  }

  private static ProcessHandle withPort(String port) {
    return ProcessHandle.allProcesses()
        .filter(handle -> environment(handle).contains("\0PORT=" + port + "\0"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process has the port " + port));
  }

  private static String environment(ProcessHandle handle) {
    try {
      return "\0" + Files.readString(Path.of("/proc/" + handle.pid() + "/environ")) + "\0";
    } catch (IOException e) {
      return "";
    }
  }

  /// Waits until n replicas serve and no other is left.
  void awaitServing(int n) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> {
          JsonNode status = api("/api/status");
          assertThat(status.path("N").intValue()).isEqualTo(n);
          assertThat(status.path("serving").intValue()).isEqualTo(n);
          assertThat(status.path("replicas").size()).isEqualTo(n);
        });
  }

  /// Sends a signal to one process, which may have ended.
  static void signal(String name, ProcessHandle handle) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(handle.pid())).start().waitFor();
    assertThat(code == 0 || !handle.isAlive()).as("kill -%s %d", name, handle.pid()).isTrue();
  }

  /// Ends Ringmaster alone, at once.
  void kill() throws IOException, InterruptedException {
    replicas();
    process.destroyForcibly().waitFor();
    http.close();
  }

  /// Asks it to stop; gives its exit code when it and all its replicas are gone.
  int stop() throws InterruptedException {
    remember();
    process.destroy();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("it ends").isTrue();
    await().atMost(PATIENCE).until(() -> seen.values().stream().noneMatch(ProcessHandle::isAlive));
    return process.exitValue();
  }

  private void remember() {
    process.descendants().forEach(handle -> seen.put(handle.pid(), handle));
  }

  /// Leaves nothing of it running, whatever the test did.
  @Override
  public void close() {
    remember();
    process.destroy();
    try {
      await().atMost(PATIENCE).until(() -> !process.isAlive());
    } finally {
      process.destroyForcibly();
      seen.values().forEach(ProcessHandle::destroyForcibly);
      http.close();
    }
  }
}
