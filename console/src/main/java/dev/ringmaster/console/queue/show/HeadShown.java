package dev.ringmaster.console.queue.show;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// Head bytes in JSON: header values as lists by lower-case name, in the order they came.
final class HeadShown {
  private HeadShown() {}

  /// Puts `headers` from lines that each end in CR LF.
  static void headers(ObjectNode node, String lines) {
    ObjectNode headers = node.putObject("headers");
    for (String line : lines.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.withArray("/" + name.replace("~", "~0")).add(line.substring(colon + 1).strip());
      }
    }
  }

  /// Puts `method`, `target` and `headers` of a request's head.
  static void request(ObjectNode node, byte[] head) {
    String text = new String(head, ISO_8859_1);
    int end = text.indexOf("\r\n");
    String[] line = (end < 0 ? text : text.substring(0, end)).split(" ", 3);
    node.put("method", line[0]);
    node.put("target", line.length > 1 ? line[1] : "");
    headers(node, end < 0 ? "" : text.substring(end + 2));
  }
}
