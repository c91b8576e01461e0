package dev.ringmaster.server.http;

import dev.ringmaster.server.http.Request.Framing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The bytes of one head, parsed strictly: what RFC 9112 leaves open or calls ambiguous is refused,
/// because two parsers that disagree about it are how requests are smuggled.
final class Head {
  /// The most header fields that a request may have.
  static final int MAX_FIELDS = 100;

  private final byte[] bytes;
  private final int end;
  private int at;

  /// @param bytes holds the head
  /// @param start where the request line begins
  /// @param end after the CRLF of the last line, before the blank line
  Head(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /// Parses it.
  ///
  /// @throws BadRequest if it is not a head that this server takes
  Request parse() throws BadRequest {
    String method = take(' ');
    String target = take(' ');
    String version = take('\r');
    endLine();
    if (!isToken(method)) {
      throw new BadRequest(400, "the method is not a token");
    }
    int minor = minorOf(version);
    String origin = originForm(target, method);
    int question = origin.indexOf('?');
    List<Field> fields = fields();
    return new Request(
        method,
        question < 0 ? origin : origin.substring(0, question),
        question < 0 ? "" : origin.substring(question + 1),
        minor,
        fields,
        framing(fields, minor));
  }

  private String take(char until) throws BadRequest {
    int start = at;
    while (at < end && bytes[at] != until) {
      if (bytes[at] <= ' ' || bytes[at] == 0x7F) {
        throw new BadRequest(400, "the request line has a byte that may not be there");
      }
      at++;
    }
    if (at == end || at == start) {
      throw new BadRequest(400, "the request line is not METHOD TARGET VERSION");
    }
    return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
  }

  private void endLine() throws BadRequest {
    if (at >= end || bytes[at] != '\n') {
      throw new BadRequest(400, "a line does not end in CR LF");
    }
    at++;
  }

  private static int minorOf(String version) throws BadRequest {
    if (version.length() != 8 || !version.startsWith("HTTP/1.")) {
      boolean other = version.matches("HTTP/[0-9](\\.[0-9])?");
      throw other
          ? new BadRequest(505, "only HTTP/1.1 and HTTP/1.0 are spoken here")
          : new BadRequest(400, "the version is not HTTP/1.1");
    }
    int minor = version.charAt(7) - '0';
    refuseIf(minor < 0 || minor > 9, "the version is not HTTP/1.1");
    return Math.min(1, minor);
  }

  private static String originForm(String target, String method) throws BadRequest {
    if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
      return target;
    }
    if (!target.regionMatches(true, 0, "http://", 0, 7)) {
      throw new BadRequest(400, "the target is neither a path nor an http URI");
    }
    int slash = target.indexOf('/', 7);
    int question = target.indexOf('?', 7);
    if (question >= 0 && (slash < 0 || question < slash)) {
      return "/" + target.substring(question);
    }
    return slash < 0 ? "/" : target.substring(slash);
  }

  private List<Field> fields() throws BadRequest {
    List<Field> fields = new ArrayList<>();
    while (at < end) {
      if (fields.size() == MAX_FIELDS) {
        throw new BadRequest(431, "at most " + MAX_FIELDS + " header fields are taken");
      }
      fields.add(field());
    }
    return fields;
  }

  private Field field() throws BadRequest {
    int start = at;
    while (at < end && Token.is(bytes[at])) {
      at++;
    }
    if (at == start || at == end || bytes[at] != ':') {
      throw new BadRequest(400, "a header field is not NAME: VALUE");
    }
    String name = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    start = ++at;
    while (at < end && bytes[at] != '\r') {
      if ((bytes[at] >= 0 && bytes[at] < ' ' && bytes[at] != '\t') || bytes[at] == 0x7F) {
        throw new BadRequest(400, "a header field has a control character");
      }
      at++;
    }
    String value = blankTrimmed(start, at);
    at++;
    endLine();
    return new Field(name, value);
  }

  private String blankTrimmed(int start, int stop) {
    while (start < stop && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    while (stop > start && (bytes[stop - 1] == ' ' || bytes[stop - 1] == '\t')) {
      stop--;
    }
    return new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
  }

  /// RFC 9112, sections 3.2 (Host), 6 (body length) and 9.3 (persistence); RFC 9110, section 10.1.1
  /// (Expect).
  private static Framing framing(List<Field> fields, int minor) throws BadRequest {
    int hosts = 0;
    long length = -2;
    boolean chunked = false;
    boolean awaitsContinue = false;
    boolean persistent = minor == 1;
    for (Field field : fields) {
      switch (field.name().toLowerCase(Locale.ROOT)) {
        case "host" -> hosts++;
        case "content-length" -> {
          refuseIf(length != -2, "Content-Length is repeated");
          length = lengthOf(field.value());
        }
        case "transfer-encoding" -> {
          refuseIf(chunked || minor == 0, "Transfer-Encoding is repeated, or from HTTP/1.0");
          if (!field.value().equalsIgnoreCase("chunked")) {
            throw new BadRequest(501, "the only transfer coding taken is chunked");
          }
          chunked = true;
        }
        case "expect" -> {
          if (!field.value().equalsIgnoreCase("100-continue")) {
            throw new BadRequest(417, "the only expectation met is 100-continue");
          }
          awaitsContinue = minor == 1;
        }
        case "connection" -> persistent = persistence(field.value(), persistent);
        default -> {}
      }
    }
    refuseIf(hosts > 1 || (hosts == 0 && minor == 1), "there must be one Host");
    refuseIf(chunked && length != -2, "both Content-Length and Transfer-Encoding are given");
    long framed = chunked ? Framing.CHUNKED : Math.max(0, length);
    return new Framing(framed, persistent, awaitsContinue && framed != 0);
  }

  private static boolean persistence(String value, boolean before) {
    boolean persistent = before;
    for (String option : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      switch (option.strip()) {
        case "close" -> {
          return false;
        }
        case "keep-alive" -> persistent = true;
        default -> {}
      }
    }
    return persistent;
  }

  private static long lengthOf(String value) throws BadRequest {
    refuseIf(value.isEmpty() || value.length() > 18, "Content-Length is not a number");
    long length = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      refuseIf(digit < 0 || digit > 9, "Content-Length is not a number");
      length = length * 10 + digit;
    }
    return length;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Token.is((byte) text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static void refuseIf(boolean bad, String message) throws BadRequest {
    if (bad) {
      throw new BadRequest(400, message);
    }
  }
}
