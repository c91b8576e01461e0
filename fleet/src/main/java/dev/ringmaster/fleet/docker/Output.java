package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The last lines of what a container wrote.
final class Output {
  /// The most lines kept of one container.
  static final int MAX_LINES = 200;

  private static final int MAX_CHARS = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Output() {}

  /// The last lines of both streams, oldest first; empty if they cannot be had.
  static List<String> last(DockerClient client, String containerId, int lines) {
    Tail tail = new Tail();
    try (Stream<Frame> stream = new Stream<>(tail::add)) {
      client
          .logContainerCmd(containerId)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(Math.clamp(lines, 1, MAX_LINES))
          .exec(stream);
      stream.ended().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException | ExecutionException | TimeoutException unreadable) {
      return tail.lines(lines);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return tail.lines(lines);
  }

  private static final class Tail {
    private final StringBuilder text = new StringBuilder();

    synchronized void add(Frame frame) {
      text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
      if (text.length() > MAX_CHARS) {
        text.delete(0, text.length() - MAX_CHARS);
      }
    }

    synchronized List<String> lines(int count) {
      List<String> all = text.toString().lines().toList();
      return all.subList(Math.max(0, all.size() - count), all.size());
    }
  }
}
