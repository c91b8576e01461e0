package dev.ringmaster.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import picocli.CommandLine.Option;

/// Which of several services is meant.
final class ServiceOption {
  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service that is meant; may be left out if there is one only.")
  private String service = "";

  /// A path of the control API for this service.
  String path(String path) {
    return service.isEmpty() ? path : path + "?service=" + URLEncoder.encode(service, UTF_8);
  }
}
