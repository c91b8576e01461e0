package dev.ringmaster.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/// Text as one segment of a path.
final class PathText {
  private PathText() {}

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
