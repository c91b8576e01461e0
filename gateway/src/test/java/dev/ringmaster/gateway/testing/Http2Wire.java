package dev.ringmaster.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;

/// The replica's end of a connection of HTTP/2, frame by frame (RFC 9113, 4.1), without a codec
/// that would put the frames in order.
///
/// ```
/// length (24) type (8) flags (8) reserved (1) stream (31) payload
/// ```
public final class Http2Wire {
  public static final int REFUSED_STREAM = 0x7;

  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int DATA = 0x0;
  private static final int HEADERS = 0x1;
  private static final int RST_STREAM = 0x3;
  private static final int SETTINGS = 0x4;
  private static final int GOAWAY = 0x7;
  private static final int PREFACE_BYTES = 24;

  private final Wire wire;

  private Http2Wire(Wire wire) {
    this.wire = wire;
  }

  /// Reads the preface and sends SETTINGS.
  public static Http2Wire on(Wire wire) throws IOException {
    wire.bytes(PREFACE_BYTES);
    Http2Wire frames = new Http2Wire(wire);
    frames.frame(SETTINGS, 0, 0, "");
    return frames;
  }

  /// Reads on until a request has begun, whose body is not waited for.
  ///
  /// @return its stream
  public int request() throws IOException {
    while (true) {
      String head = wire.bytes(9);
      if (head.length() < 9) {
        throw new EOFException("the connection ended");
      }
      wire.bytes(number(head, 0, 3));
      if (head.charAt(3) == HEADERS) {
        return number(head, 5, 9);
      }
    }
  }

  private static int number(String bytes, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      value = (value << 8) | bytes.charAt(at);
    }
    return value;
  }

  private void frame(int type, int flags, int stream, String payload) throws IOException {
    StringBuilder frame = new StringBuilder();
    append(frame, payload.length(), 3);
    frame.append((char) type).append((char) flags);
    append(frame, stream, 4);
    wire.send(frame.append(payload).toString().getBytes(ISO_8859_1));
  }

  private static void append(StringBuilder to, int value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      to.append((char) ((value >> (8 * i)) & 0xFF));
    }
  }

  /// Sends the head of an answer without Huffman or the table (RFC 7541, 6.2.2): `:status` and, if
  /// it is not negative, `content-length`.
  public Http2Wire head(int stream, int status, int length) throws IOException {
    StringBuilder fields = new StringBuilder();
    literal(fields, ":status", Integer.toString(status));
    if (length >= 0) {
      literal(fields, "content-length", Integer.toString(length));
    }
    frame(HEADERS, END_HEADERS, stream, fields.toString());
    return this;
  }

  private static void literal(StringBuilder to, String name, String value) {
    to.append((char) 0).append((char) name.length()).append(name);
    to.append((char) value.length()).append(value);
  }

  /// Sends a DATA frame that does not end the stream.
  public Http2Wire data(int stream, String content) throws IOException {
    frame(DATA, 0, stream, content);
    return this;
  }

  /// Ends the stream by a frame of its own.
  public Http2Wire end(int stream) throws IOException {
    frame(DATA, END_STREAM, stream, "");
    return this;
  }

  /// Breaks the stream off.
  public Http2Wire reset(int stream, int error) throws IOException {
    StringBuilder payload = new StringBuilder();
    append(payload, error, 4);
    frame(RST_STREAM, 0, stream, payload.toString());
    return this;
  }

  /// Takes no stream above the last any more.
  public Http2Wire goAway(int last) throws IOException {
    StringBuilder payload = new StringBuilder();
    append(payload, last, 4);
    append(payload, 0, 4);
    frame(GOAWAY, 0, 0, payload.toString());
    return this;
  }
}
