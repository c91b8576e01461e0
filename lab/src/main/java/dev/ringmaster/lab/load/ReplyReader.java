package dev.ringmaster.lab.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads HTTP/1.1 answers (RFC 9112) from a stream, one after the other.
final class ReplyReader {
  private static final int NO_LENGTH = -1;
  private static final int BUFFER_BYTES = 8 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  ReplyReader(InputStream in) {
    this.in = in;
  }

  /// The next final answer; interim ones (1xx) are passed over.
  ///
  /// @param toHead whether the request was HEAD, whose answer has no body
  Reply read(boolean toHead) throws IOException {
    Head head = head();
    while (head.status < 200) {
      head = head();
    }
    boolean empty = toHead || head.status == 204 || head.status == 304;
    if (empty) {
      return Reply.of(head.status, new byte[0], !head.close);
    }
    if (head.chunked) {
      return Reply.of(head.status, chunks(), !head.close);
    }
    if (head.length != NO_LENGTH) {
      return Reply.of(head.status, exactly(head.length), !head.close);
    }
    return Reply.of(head.status, toTheEnd(), false);
  }

  private record Head(int status, int length, boolean chunked, boolean close) {}

  private Head head() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.") || status.length() < 12) {
      throw malformed("not an HTTP/1.1 status line");
    }
    int code = number(status.substring(9, 12), 10);
    int length = NO_LENGTH;
    boolean chunked = false;
    boolean close = status.charAt(7) == '0';
    int bytes = status.length();
    for (String line = line(); !line.isEmpty(); line = line()) {
      bytes += line.length();
      if (bytes > Reply.MAX_HEAD_BYTES) {
        throw malformed("head above " + Reply.MAX_HEAD_BYTES + " bytes");
      }
      if (names(line, "content-length:")) {
        length = number(line.substring("content-length:".length()).strip(), 10);
      } else if (names(line, "transfer-encoding:")) {
        chunked = line.toLowerCase(Locale.ROOT).endsWith("chunked");
      } else if (names(line, "connection:")) {
        close = line.toLowerCase(Locale.ROOT).contains("close");
      }
    }
    return new Head(code, length, chunked, close);
  }

  private static boolean names(String line, String field) {
    return line.regionMatches(true, 0, field, 0, field.length());
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      if (size > Reply.MAX_BODY_BYTES - body.size()) {
        throw malformed("body above " + Reply.MAX_BODY_BYTES + " bytes");
      }
      body.write(exactly(size));
      line();
    }
    skipTrailers();
    return body.toByteArray();
  }

  private void skipTrailers() throws IOException {
    int bytes = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      bytes += line.length();
      if (bytes > Reply.MAX_HEAD_BYTES) {
        throw malformed("trailers above " + Reply.MAX_HEAD_BYTES + " bytes");
      }
    }
  }

  private int chunkSize() throws IOException {
    String line = line();
    int extension = line.indexOf(';');
    return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    if (length > Reply.MAX_BODY_BYTES) {
      throw malformed("body above " + Reply.MAX_BODY_BYTES + " bytes");
    }
    byte[] body = new byte[length];
    int filled = 0;
    while (filled < length) {
      need();
      int part = Math.min(length - filled, to - from);
      System.arraycopy(buffer, from, body, filled, part);
      from += part;
      filled += part;
    }
    return body;
  }

  private byte[] toTheEnd() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (from < to || fill()) {
      body.write(buffer, from, to - from);
      from = to;
      if (body.size() > Reply.MAX_BODY_BYTES) {
        throw malformed("body above " + Reply.MAX_BODY_BYTES + " bytes");
      }
    }
    return body.toByteArray();
  }

  /// A line without its CR LF.
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      need();
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.append(new String(buffer, from, end - from, StandardCharsets.ISO_8859_1));
      boolean whole = end < to;
      from = whole ? end + 1 : end;
      if (line.length() > Reply.MAX_HEAD_BYTES) {
        throw malformed("line above " + Reply.MAX_HEAD_BYTES + " bytes");
      }
      if (whole) {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
    }
  }

  private void need() throws IOException {
    if (from == to && !fill()) {
      throw new ExchangeFailure(Failure.CLOSED, "closed before the answer was whole");
    }
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private static int number(String digits, int radix) throws ExchangeFailure {
    try {
      return Integer.parseUnsignedInt(digits, radix);
    } catch (NumberFormatException e) {
      throw malformed("not a number: " + digits);
    }
  }

  private static ExchangeFailure malformed(String what) {
    return new ExchangeFailure(Failure.MALFORMED, what);
  }
}
