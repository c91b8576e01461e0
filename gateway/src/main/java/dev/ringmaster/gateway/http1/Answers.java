package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/// Answers of the gateway's own: heads with given headers, and failures in the contract's JSON
/// form.
public final class Answers {
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] VERSION = ascii("HTTP/1.1 ");
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
  private static final byte[] JSON = ascii("Content-Type: application/json\r\n");

  /// The answer that has no body and no length of one (RFC 9110, 8.6).
  private static final int NO_CONTENT = 204;

  private static final HexFormat HEX = HexFormat.of();

  private Answers() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// A failure of the gateway itself.
  ///
  /// @param status 400 to 599
  /// @param message what went wrong, put behind `<Error> `; escaped here
  /// @param headers beside Content-Type, Content-Length and Connection
  public record Failure(int status, String message, Map<String, String> headers) {
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    /// A failure without headers of its own, but for 503, which says when to try again.
    public static Failure of(int status, String message) {
      return new Failure(status, message, status == 503 ? RETRY_SOON : Map.of());
    }
  }

  /// Writes `100 Continue`.
  public static void proceed(ByteBuf out) {
    out.writeBytes(CONTINUE);
  }

  /// Writes `{"message":"<Error> …","status":"failure"}` with its head; the head alone if the
  /// request was HEAD.
  public static void failure(
      ByteBuf out, Failure failure, Persistence persistence, Method answered) {
    byte[] body = failureBody(failure.message()).getBytes(StandardCharsets.UTF_8);
    statusLine(out, failure.status());
    out.writeBytes(JSON);
    headers(out, failure.headers());
    end(out, body, persistence, answered);
  }

  /// Writes an answer with the given headers (not Content-Length, not Connection) and body; the
  /// head alone if the request was HEAD.
  ///
  /// @throws IllegalArgumentException if a header could not stand in a head
  public static void answer(
      ByteBuf out, Content content, Persistence persistence, Method answered) {
    statusLine(out, content.status());
    headers(out, content.headers());
    if (content.status() == NO_CONTENT) {
      out.writeBytes(HeadWriter.connectionLine(persistence));
      out.writeBytes(CRLF);
    } else {
      end(out, content.body(), persistence, answered);
    }
  }

  /// A whole answer.
  ///
  /// @param status 200 to 599
  /// @param headers beside Content-Length and Connection
  /// @param body the content
  @SuppressWarnings("ArrayRecordComponent") // handed over and written once, never compared
  public record Content(int status, Map<String, String> headers, byte[] body) {}

  /// Writes the head of an answer whose body follows as [#piece]s and a [#lastPiece]; all of it
  /// without the framing of chunks if that is what is said about the connection.
  ///
  /// @param headers beside Transfer-Encoding and Connection
  /// @throws IllegalArgumentException if a header could not stand in a head
  public static void begin(
      ByteBuf out, int status, Map<String, String> headers, Persistence persistence) {
    statusLine(out, status);
    headers(out, headers);
    if (persistence != Persistence.CLOSE_UNCHUNKED) {
      out.writeBytes(CHUNKED);
    }
    out.writeBytes(HeadWriter.connectionLine(persistence));
    out.writeBytes(CRLF);
  }

  /// What [#piece] writes at most beside the bytes.
  public static final int PIECE_FRAME_BYTES = 12;

  /// Writes one chunk of a body (RFC 9112, 7.1), which must not be empty.
  ///
  /// ```
  /// length in hexadecimal digits CR LF bytes CR LF
  /// ```
  public static void piece(ByteBuf out, byte[] bytes, Persistence persistence) {
    boolean chunked = persistence != Persistence.CLOSE_UNCHUNKED;
    if (chunked) {
      out.writeCharSequence(Integer.toHexString(bytes.length), StandardCharsets.US_ASCII);
      out.writeBytes(CRLF);
    }
    out.writeBytes(bytes);
    if (chunked) {
      out.writeBytes(CRLF);
    }
  }

  /// Writes the end of a body in chunks, without trailers.
  public static void lastPiece(ByteBuf out, Persistence persistence) {
    if (persistence != Persistence.CLOSE_UNCHUNKED) {
      out.writeBytes(LAST_CHUNK);
    }
  }

  private static void statusLine(ByteBuf out, int status) {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("not a status code: " + status);
    }
    out.writeBytes(VERSION);
    out.writeCharSequence(Integer.toString(status), StandardCharsets.US_ASCII);
    out.writeByte(' ');
    out.writeCharSequence(Phrases.of(status), StandardCharsets.US_ASCII);
    out.writeBytes(CRLF);
  }

  private static void headers(ByteBuf out, Map<String, String> headers) {
    headers.forEach((name, value) -> header(out, name, value));
  }

  private static void header(ByteBuf out, String name, String value) {
    byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] valueBytes = value.getBytes(StandardCharsets.ISO_8859_1);
    boolean valid =
        nameBytes.length > 0
            && Octets.skip(nameBytes, 0, nameBytes.length, Octets.TOKEN) == nameBytes.length
            && Octets.skipText(valueBytes, 0, valueBytes.length) == valueBytes.length;
    if (!valid) {
      throw new IllegalArgumentException("not a header: name of " + name.length() + " characters");
    }
    out.writeBytes(nameBytes);
    out.writeBytes(COLON);
    out.writeBytes(valueBytes);
    out.writeBytes(CRLF);
  }

  private static void end(ByteBuf out, byte[] body, Persistence persistence, Method answered) {
    out.writeBytes(LENGTH);
    out.writeCharSequence(Integer.toString(body.length), StandardCharsets.US_ASCII);
    out.writeBytes(CRLF);
    out.writeBytes(HeadWriter.connectionLine(persistence));
    out.writeBytes(CRLF);
    if (answered != Method.HEAD) {
      out.writeBytes(body);
    }
  }

  private static String failureBody(String message) {
    StringBuilder json = new StringBuilder("{\"message\":\"<Error> ");
    for (int i = 0; i < message.length(); i++) {
      escape(json, message.charAt(i));
    }
    return json.append("\",\"status\":\"failure\"}").toString();
  }

  private static void escape(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < 0x20 || c == 0x7F || Character.isSurrogate(c)) {
      json.append("\\u").append(HEX.toHexDigits(c));
    } else {
      json.append(c);
    }
  }
}
