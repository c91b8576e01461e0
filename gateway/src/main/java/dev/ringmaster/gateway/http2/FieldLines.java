package dev.ringmaster.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/// Field lines of HTTP/1.1 from fields of HTTP/2, and back.
///
/// Only what could change where a line ends is refused here, so that no line can be smuggled in;
/// the strict decoder of HTTP/1.1 judges the rest.
final class FieldLines {
  private static final byte[] COLON = ": ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private FieldLines() {}

  /// Writes `name: value CR LF`.
  static void write(ByteBuf out, CharSequence name, CharSequence value) {
    ByteBufUtil.copy(AsciiString.of(name), out);
    out.writeBytes(COLON);
    ByteBufUtil.copy(AsciiString.of(value), out);
    out.writeBytes(CRLF);
  }

  /// Whether the name is in lower case and ends where it seems to (RFC 9113, 8.2.1).
  static boolean nameFits(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == ':' || c >= 0x7F || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /// Whether the value has no end of line and no blank at its ends (RFC 9113, 8.2.1).
  static boolean valueFits(CharSequence value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        return false;
      }
    }
    return length == 0 || !(blank(value.charAt(0)) || blank(value.charAt(length - 1)));
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  /// Whether the text is a word: visible characters alone, at least one.
  static boolean isWord(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7F) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /// The fields of a trailer section whose lines were judged already.
  static Http2Headers trailers(byte[] section) {
    Http2Headers trailers = new DefaultHttp2Headers(false);
    int at = 0;
    while (at < section.length) {
      int end = indexOf(section, '\r', at);
      int colon = indexOf(section, ':', at);
      AsciiString name = new AsciiString(section, at, colon - at, true);
      AsciiString value = new AsciiString(section, colon + 1, end - colon - 1, true);
      trailers.add(name.toLowerCase(), value.trim());
      at = end + CRLF.length;
    }
    return trailers;
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int at = from;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
