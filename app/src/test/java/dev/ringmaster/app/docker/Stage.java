package dev.ringmaster.app.docker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A Ringmaster in a container, on a network of its own, with the engine's socket; removes all that
/// was started.
///
/// Replicas bear the contract's names, which an engine has once: stages wait for one another.
final class Stage implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\"(S[^\"]*)\"");
  private static final Pattern SERVING = Pattern.compile("\"serving\":\\s*(\\d+)");

  final String tag;
  final String network;
  private String traffic = "";
  private String console = "";
  private final HttpClient client = HttpClient.newHttpClient();

  Stage(String tag) throws IOException, InterruptedException {
    this.tag = tag;
    this.network = "net-" + tag;
    Docker.docker("network", "create", network);
    Docker.docker(
        "run",
        "-d",
        "--name",
        ringmaster(),
        "--network",
        network,
        "-v",
        "/var/run/docker.sock:/var/run/docker.sock",
        "-p",
        "127.0.0.1::5000",
        "ringmaster-" + tag,
        "--image=server-" + tag,
        "--network=" + network,
        "--classic-answers=true",
        "--control=open",
        "--admin-address=0.0.0.0");
    locate();
  }

  /// Looks up where Ringmaster is reached, which changes when its container starts again.
  void locate() throws IOException, InterruptedException {
    String address = "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}";
    console = "http://" + Docker.docker("inspect", "-f", address, ringmaster()) + ":5001";
    String published = Docker.docker("port", ringmaster(), "5000/tcp");
    traffic = "http://" + published.lines().findFirst().orElse("");
  }

  /// The container that Ringmaster runs in.
  String ringmaster() {
    return "ringmaster-" + tag;
  }

  /// An answer to a client of the published port.
  HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, traffic + path, body);
  }

  String get(String path) throws IOException, InterruptedException {
    return call("GET", path, "").body();
  }

  /// The names that `/rep` tells, in its order.
  List<String> replicas() throws IOException, InterruptedException {
    return NAME.matcher(get("/rep")).results().map(found -> found.group(1)).toList();
  }

  /// How many replicas serve, as the console on Ringmaster's own address tells.
  int serving() throws IOException, InterruptedException {
    String status = send("GET", console + "/api/status", "").body();
    return SERVING
        .matcher(status)
        .results()
        .findFirst()
        .map((MatchResult found) -> Integer.parseInt(found.group(1)))
        .orElse(0);
  }

  /// Whether this many replicas serve, and none of them is this one.
  boolean healed(int desired, String lost) throws IOException, InterruptedException {
    return serving() == desired && !replicas().contains(lost);
  }

  /// The names of the containers on this stage's network, Ringmaster's own too, ended ones too.
  List<String> containers() throws IOException, InterruptedException {
    return Docker.docker("ps", "-a", "--filter", "network=" + network, "--format", "{{.Names}}")
        .lines()
        .sorted()
        .toList();
  }

  private HttpResponse<String> send(String method, String uri, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      Docker.docker("rm", "-f", "-v", ringmaster());
      for (String left : containers()) {
        Docker.docker("rm", "-f", "-v", left);
      }
      Docker.docker("network", "rm", network);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
