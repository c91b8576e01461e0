package dev.ringmaster.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Asks the control API of one Ringmaster.
public final class ControlClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> JSON_HEADERS =
      Map.of("Content-Type", "application/json");
  private static final int HUNDRED = 100;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  /// Longer than any start time-out, so that the console answers first.
  private static final Duration ANSWER_LIMIT = Duration.ofHours(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
  private final URI console;
  private final Optional<String> token;

  /// A client of one console.
  ///
  /// @param console such as `http://127.0.0.1:5001`
  /// @param token the bearer token, if one is needed
  public ControlClient(URI console, Optional<String> token) {
    this.console = console;
    this.token = token;
  }

  /// Reads: `GET`.
  public JsonNode get(String pathAndQuery) throws ControlFailure, InterruptedException {
    return ask("GET", pathAndQuery, BodyPublishers.noBody(), JSON_HEADERS);
  }

  /// Commands: `POST`.
  public JsonNode post(String path, JsonNode body) throws ControlFailure, InterruptedException {
    return post(path, body.toString());
  }

  /// Asks with a body as it is: `POST`.
  public JsonNode post(String pathAndQuery, String body)
      throws ControlFailure, InterruptedException {
    return ask("POST", pathAndQuery, BodyPublishers.ofString(body), JSON_HEADERS);
  }

  /// Makes or changes: `PUT`.
  public JsonNode put(String path, String body) throws ControlFailure, InterruptedException {
    return ask("PUT", path, BodyPublishers.ofString(body), JSON_HEADERS);
  }

  /// Removes: `DELETE`.
  public JsonNode delete(String path) throws ControlFailure, InterruptedException {
    return ask("DELETE", path, BodyPublishers.noBody(), JSON_HEADERS);
  }

  /// Sends any bytes: `POST`.
  ///
  /// @param headers all that are sent beside those of HTTP
  public JsonNode send(String path, byte[] body, Map<String, String> headers)
      throws ControlFailure, InterruptedException {
    return ask("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  private JsonNode ask(
      String method, String pathAndQuery, BodyPublisher body, Map<String, String> headers)
      throws ControlFailure, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(console.resolve(pathAndQuery))
            .timeout(ANSWER_LIMIT)
            .method(method, body);
    headers.forEach(request::header);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      return read(http.send(request.build(), BodyHandlers.ofString()));
    } catch (ConnectException e) {
      throw unavailable(
          "no Ringmaster answers at " + console + "; is it up? (--console names another)");
    } catch (IOException e) {
      throw unavailable("the console at " + console + " did not answer: " + e);
    }
  }

  private JsonNode read(HttpResponse<String> response) throws ControlFailure {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw unavailable("what answers at " + console + " is not a Ringmaster console");
    }
    if (response.statusCode() / HUNDRED == 2) {
      return answer;
    }
    String message = answer.path("message").asText("status " + response.statusCode());
    boolean refused = response.statusCode() < 500;
    throw new ControlFailure(
        refused ? ControlFailure.Kind.REFUSED : ControlFailure.Kind.UNAVAILABLE,
        message.replaceFirst("^<Error> ", ""));
  }

  private static ControlFailure unavailable(String message) {
    return new ControlFailure(ControlFailure.Kind.UNAVAILABLE, message);
  }

  @Override
  public void close() {
    http.close();
  }
}
