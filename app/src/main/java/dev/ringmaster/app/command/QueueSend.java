package dev.ringmaster.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringmaster queue send`.
@Command(
    name = "send",
    description = "Sends a message, or many as JSON lines.",
    mixinStandardHelpOptions = true)
final class QueueSend implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Parameters(
      index = "1",
      paramLabel = "BODY",
      description = "The body, @FILE to read it from a file, or - from standard input.")
  private String body = "";

  @Option(names = "--key", paramLabel = "KEY", description = "Its key.")
  private String key = "";

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "Not earlier than this moment, or than this time from now.")
  private String notBefore = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "A repeat with the same id within 24 hours adds nothing.")
  private String id = "";

  @Option(names = "--type", paramLabel = "TYPE", description = "Its Content-Type.")
  private String type = "text/plain; charset=utf-8";

  @Option(names = "--lines", description = "The body is JSON lines, a message each.")
  private boolean lines;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    byte[] bytes = bytes();
    Map<String, String> headers = headers();
    return console.run(
        client -> client.send(queue.path("messages"), bytes, headers), ShownQueues::accepted);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", lines ? "application/x-ndjson" : type);
    put(headers, "Queue-Key", key);
    put(headers, "Queue-Not-Before", notBefore);
    put(headers, "Idempotency-Key", id);
    return headers;
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
  }

  private byte[] bytes() throws ControlFailure {
    try {
      if (body.equals("-")) {
        return System.in.readAllBytes();
      }
      return body.startsWith("@")
          ? Files.readAllBytes(Path.of(body.substring(1)))
          : body.getBytes(UTF_8);
    } catch (IOException e) {
      throw new ControlFailure(
          ControlFailure.Kind.REFUSED, "the body " + body + " cannot be read: " + e);
    }
  }
}
