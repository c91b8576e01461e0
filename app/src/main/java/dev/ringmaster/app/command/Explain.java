package dev.ringmaster.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.app.client.ControlClient;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringmaster explain`.
@Command(
    name = "explain",
    description = "Says which replica would get a request, why, and the next two.",
    mixinStandardHelpOptions = true)
final class Explain implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PATH", description = "Path and query: /user?id=7.")
  private String path = "";

  @Option(
      names = {"-X", "--method"},
      paramLabel = "METHOD",
      description = "The method. [GET, with a body POST]")
  private String method = "";

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "A header; may be repeated.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "BODY",
      description = "A JSON body, as it is or, with an @ before it, from that file.")
  private String data = "";

  @Option(names = "--client", paramLabel = "IP", description = "The client's address. [this one's]")
  private String client = "";

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(this::explained, Shown::explanation);
  }

  private JsonNode explained(ControlClient api) throws ControlFailure, InterruptedException {
    String body = body();
    String path = "/api/explain?" + query();
    return body.isEmpty() ? api.get(path) : api.post(path, body);
  }

  private String query() {
    List<String> pairs = new ArrayList<>();
    pairs.add(pair("path", path));
    if (!method.isEmpty()) {
      pairs.add(pair("method", method));
    }
    headers.forEach(header -> pairs.add(pair("header", header)));
    if (!client.isEmpty()) {
      pairs.add(pair("client", client));
    }
    return String.join("&", pairs);
  }

  private String body() throws ControlFailure {
    if (!data.startsWith("@")) {
      return data;
    }
    try {
      return Files.readString(Path.of(data.substring(1)));
    } catch (IOException e) {
      throw new ControlFailure(
          ControlFailure.Kind.REFUSED, "the body " + data.substring(1) + " cannot be read: " + e);
    }
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }
}
