package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The ways to one Docker engine: one for questions that are answered soon, one for what takes its
/// time.
///
/// @param at where it answers
/// @param quick for all but the following; fails when an answer takes longer than [#QUICK]
/// @param patient for stopping containers and for the stream of events
record Engine(URI at, DockerClient quick, DockerClient patient) implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final int MAX_CONNECTIONS = 64;

  /// Opens the ways and checks that the engine answers.
  ///
  /// @throws StartFailure if it does not
  static Engine at(URI uri) throws StartFailure {
    Engine engine = new Engine(uri, client(uri, QUICK), client(uri, null));
    try {
      engine.quick().pingCmd().exec();
      return engine;
    } catch (RuntimeException unanswered) {
      engine.close();
      throw new StartFailure(engine.silence() + ": start it, or use --runtime process", unanswered);
    }
  }

  /// What to say of an engine that does not answer.
  String silence() {
    return "no Docker engine answers at " + at;
  }

  /// The engine's own words for why it refused; docker-java wraps them in `Status 404: {"message":
  /// …}`.
  static String reason(RuntimeException refused) {
    String text = String.valueOf(refused.getMessage()).strip();
    int from = text.indexOf("\"message\":\"");
    int to = text.lastIndexOf("\"}");
    return from >= 0 && to > from + 11 ? text.substring(from + 11, to) : text;
  }

  private static DockerClient client(URI uri, @Nullable Duration answer) {
    var http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(uri)
            .connectionTimeout(CONNECT)
            .maxConnections(MAX_CONNECTIONS);
    if (answer != null) {
      http.responseTimeout(answer);
    }
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(uri.toString())
            .withDockerTlsVerify(false)
            .build();
    return DockerClientImpl.getInstance(config, http.build());
  }

  @Override
  public void close() {
    close(quick);
    close(patient);
  }

  private static void close(DockerClient client) {
    try {
      client.close();
    } catch (IOException gone) {
      // Its connections are gone, which is what was wanted.
    }
  }
}
