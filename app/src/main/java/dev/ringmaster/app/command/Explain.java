package dev.ringmaster.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.net.URLEncoder;
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
      description = "The method. [${DEFAULT-VALUE}]")
  private String method = "GET";

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "A header; may be repeated.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--client", paramLabel = "IP", description = "The client's address. [this one's]")
  private String client = "";

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(api -> api.get("/api/explain?" + query()), Shown::explanation);
  }

  private String query() {
    List<String> pairs = new ArrayList<>();
    pairs.add(pair("path", path));
    pairs.add(pair("method", method));
    headers.forEach(header -> pairs.add(pair("header", header)));
    if (!client.isEmpty()) {
      pairs.add(pair("client", client));
    }
    return String.join("&", pairs);
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }
}
