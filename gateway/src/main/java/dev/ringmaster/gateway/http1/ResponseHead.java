package dev.ringmaster.gateway.http1;

import java.nio.charset.StandardCharsets;

/// The head of a replica's answer, as strictly judged as a request; see [Head] for who owns the
/// bytes. A rejected answer is a 502 for the client whatever [Rejection#status] says, and its
/// connection must not be used again.
///
/// Interim answers (1xx) are heads of their own: reset with the same method and parse on.
public final class ResponseHead extends Head {
  private static final int STATUS_LINE = START + 1;
  private static final int REASON = START + 2;
  private static final int LINE_FEED = START + 3;
  private static final byte[] FORM = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
  static final int STATUS_FROM = 9;
  static final int STATUS_TO = 12;

  private Method answered = Method.GET;
  private int status;
  private int reasonTo;

  /// A head for answers within the limits, ready to parse one to a GET.
  public ResponseHead(Limits limits) {
    super(limits);
    reset(Method.GET);
  }

  /// Forgets the answer and makes ready for the one to a request with this method.
  public void reset(Method requestMethod) {
    clear();
    answered = requestMethod;
    status = 0;
    reasonTo = 0;
    lineCeiling = Math.min(limits.headBytes(), limits.lineBytes());
    step = STATUS_LINE;
  }

  @Override
  boolean startLine() {
    if (step == STATUS_LINE && !statusLine()) {
      return false;
    }
    if (step == REASON && !reason()) {
      return false;
    }
    return lineFeed();
  }

  /// `HTTP/1.` digit SP three digits, each byte at its own offset.
  private boolean statusLine() {
    int end = end();
    while (pos < end) {
      if (!statusByteFits(pos, bytes[pos])) {
        return reject(pos < STATUS_FROM ? Rejection.STATUS_LINE_INVALID : Rejection.STATUS_INVALID);
      }
      pos++;
      if (pos == STATUS_TO) {
        minor = Math.min(1, bytes[7] - '0');
        status = 100 * (bytes[9] - '0') + 10 * (bytes[10] - '0') + (bytes[11] - '0');
        step = REASON;
        return true;
      }
    }
    return starved(Rejection.STATUS_LINE_INVALID);
  }

  private static boolean statusByteFits(int at, byte b) {
    return switch (at) {
      case 7, 10, 11 -> Octets.digit(b);
      case 8 -> b == ' ';
      case 9 -> b >= '1' && b <= '5';
      default -> b == FORM[at];
    };
  }

  /// SP and the reason phrase. Both may be missing together: RFC 9112 asks for the SP, but leaving
  /// it out is common and means one thing only.
  private boolean reason() {
    int end = end();
    if (pos == STATUS_TO && pos < end && bytes[pos] != ' ' && bytes[pos] != '\r') {
      return reject(Rejection.STATUS_INVALID);
    }
    pos = Octets.skipText(bytes, pos, end);
    if (pos == end) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    if (bytes[pos] != '\r') {
      return reject(Rejection.STATUS_LINE_INVALID);
    }
    reasonTo = pos;
    pos++;
    step = LINE_FEED;
    return true;
  }

  private boolean lineFeed() {
    if (pos == end()) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    if (bytes[pos] != '\n') {
      return reject(Rejection.LINE_END_INVALID);
    }
    pos++;
    startLineDone();
    return true;
  }

  @Override
  boolean noteHost(boolean first, int from, int to) {
    return true;
  }

  @Override
  boolean noteExpect(int from, int to) {
    return true;
  }

  /// RFC 9112, section 6.3, in its order; an answer that has no body but says it has is refused,
  /// except `Content-Length: 0`, which many servers send with 204.
  @Override
  boolean finish() {
    if (!framingFits()) {
      return false;
    }
    if (status < 200 || status == 204) {
      if (has(KnownHeader.TRANSFER_ENCODING)) {
        return reject(Rejection.CODING_FORBIDDEN);
      }
      framing = Framing.NONE;
      return contentLength <= 0 || reject(Rejection.LENGTH_FORBIDDEN);
    }
    framing = bodyFraming();
    return true;
  }

  private Framing bodyFraming() {
    if (answered == Method.HEAD || status == 304) {
      return Framing.NONE;
    }
    if (has(KnownHeader.TRANSFER_ENCODING)) {
      return Framing.CHUNKED;
    }
    return contentLength >= 0 ? Framing.LENGTH : Framing.UNTIL_CLOSE;
  }

  /// The status code, 100 to 599.
  public int status() {
    return status;
  }

  /// Whether this is a 1xx answer other than 101, after which another head follows.
  public boolean interim() {
    return status < 200 && status != 101;
  }

  /// Where the reason phrase starts, its SP skipped.
  public int reasonFrom() {
    return Math.min(STATUS_TO + 1, reasonTo);
  }

  /// Behind the reason phrase.
  public int reasonTo() {
    return reasonTo;
  }
}
