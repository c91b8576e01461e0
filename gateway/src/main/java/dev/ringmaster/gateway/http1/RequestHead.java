package dev.ringmaster.gateway.http1;

import java.nio.charset.StandardCharsets;

/// The head of a request, strictly as RFC 9112 has it; see [Head] for who owns the bytes.
///
/// Reset before each request, then [Head#parse] until it is not [Outcome#MORE].
public final class RequestHead extends Head {
  private static final int METHOD = START + 1;
  private static final int PATH = START + 2;
  private static final int QUERY = START + 3;
  private static final int VERSION = START + 4;
  private static final int EMPTY_LF = START + 5;

  /// Methods are shorter than this; a longer one is not one that anybody implements.
  private static final int METHOD_BYTES = 32;

  private static final byte[] VERSION_FORM = "HTTP/".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTP = "http://".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTPS = "https://".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTINUE = "100-continue".getBytes(StandardCharsets.US_ASCII);

  /// The forms of a request target (RFC 9112, section 3.2).
  public enum TargetForm {
    ORIGIN,
    ABSOLUTE,
    AUTHORITY,
    ASTERISK
  }

  private Method method = Method.OTHER;
  private TargetForm form = TargetForm.ORIGIN;
  private int emptyLines;
  private int methodFrom;
  private int methodTo;
  private int targetFrom;
  private int targetTo;
  private int queryFrom;
  private int pathFrom;
  private int hostFrom;
  private int hostTo;
  private int authorityFrom;
  private int authorityTo;
  private int versionFrom;
  private boolean expects;

  /// A head for requests within the limits, ready to parse the first.
  public RequestHead(Limits limits) {
    super(limits);
    reset();
  }

  /// Forgets the request and makes ready for the next one of the connection.
  public void reset() {
    clear();
    emptyLines = 0;
    queryFrom = -1;
    hostFrom = 0;
    hostTo = 0;
    authorityFrom = 0;
    authorityTo = 0;
    expects = false;
    lineCeiling = Math.min(limits.headBytes(), METHOD_BYTES);
  }

  @Override
  boolean startLine() {
    if ((step == START || step == EMPTY_LF) && !leading()) {
      return false;
    }
    if (step == METHOD && !methodToken()) {
      return false;
    }
    if (step == PATH && !path()) {
      return false;
    }
    if (step == QUERY && !query()) {
      return false;
    }
    return version();
  }

  private boolean leading() {
    while (pos < length) {
      byte b = bytes[pos];
      if (step == EMPTY_LF) {
        if (b != '\n') {
          return reject(Rejection.LINE_END_INVALID);
        }
        step = START;
        emptyLines++;
      } else if (b != '\r') {
        step = METHOD;
        methodFrom = pos;
        lineCeiling = Math.min(limits.headBytes(), pos + METHOD_BYTES);
        return true;
      } else if (emptyLines == limits.emptyLines()) {
        return reject(Rejection.EMPTY_LINES);
      } else {
        step = EMPTY_LF;
      }
      pos++;
    }
    return false;
  }

  private boolean methodToken() {
    int end = end();
    pos = Octets.skip(bytes, pos, end, Octets.TOKEN);
    if (pos == end) {
      return starved(Rejection.METHOD_TOO_LONG);
    }
    if (bytes[pos] != ' ' || pos == methodFrom) {
      return reject(Rejection.METHOD_INVALID);
    }
    method = Method.of(bytes, methodFrom, pos);
    methodTo = pos;
    pos++;
    targetFrom = pos;
    lineCeiling = Math.min(limits.headBytes(), pos + limits.targetBytes() + 1);
    step = PATH;
    return true;
  }

  private boolean path() {
    int end = end();
    pos = Octets.skip(bytes, pos, end, Octets.PATH);
    if (pos == end) {
      return starved(Rejection.TARGET_TOO_LONG);
    }
    if (bytes[pos] == '?') {
      pos++;
      queryFrom = pos;
      step = QUERY;
      return true;
    }
    return targetDone();
  }

  private boolean query() {
    int end = end();
    pos = Octets.skip(bytes, pos, end, Octets.QUERY);
    return pos == end ? starved(Rejection.TARGET_TOO_LONG) : targetDone();
  }

  private boolean targetDone() {
    if (bytes[pos] != ' ' || pos == targetFrom) {
      return reject(Rejection.TARGET_INVALID);
    }
    targetTo = pos;
    pos++;
    versionFrom = pos;
    lineCeiling = limits.headBytes();
    step = VERSION;
    return true;
  }

  /// `HTTP/` digit `.` digit CR LF, each byte at its own offset.
  private boolean version() {
    int end = end();
    while (pos < end) {
      byte b = bytes[pos];
      int at = pos - versionFrom;
      if (!versionByteFits(at, b)) {
        return reject(at < 8 ? Rejection.VERSION_INVALID : Rejection.LINE_END_INVALID);
      }
      pos++;
      if (at == 9) {
        return startLineJudged();
      }
    }
    return starved(Rejection.HEAD_TOO_LARGE);
  }

  private static boolean versionByteFits(int at, byte b) {
    return switch (at) {
      case 5, 7 -> Octets.digit(b);
      case 6 -> b == '.';
      case 8 -> b == '\r';
      case 9 -> b == '\n';
      default -> b == VERSION_FORM[at];
    };
  }

  private boolean startLineJudged() {
    int major = bytes[versionFrom + 5] - '0';
    minor = Math.min(1, bytes[versionFrom + 7] - '0');
    if (major != 1) {
      boolean preface = Octets.same(bytes, methodFrom, methodTo, "PRI");
      return reject(preface ? Rejection.HTTP2_PREFACE : Rejection.VERSION_UNSUPPORTED);
    }
    if (!targetFits()) {
      return reject(Rejection.TARGET_INVALID);
    }
    startLineDone();
    return true;
  }

  private boolean targetFits() {
    pathFrom = targetFrom;
    if (method == Method.CONNECT) {
      form = TargetForm.AUTHORITY;
      return queryFrom < 0 && Authority.valid(bytes, targetFrom, targetTo);
    }
    if (bytes[targetFrom] == '/') {
      form = TargetForm.ORIGIN;
      return true;
    }
    if (bytes[targetFrom] == '*') {
      form = TargetForm.ASTERISK;
      return method == Method.OPTIONS && targetTo == targetFrom + 1;
    }
    form = TargetForm.ABSOLUTE;
    return absoluteFits();
  }

  private boolean absoluteFits() {
    int scheme = startsWith(HTTP) ? HTTP.length : startsWith(HTTPS) ? HTTPS.length : 0;
    if (scheme == 0) {
      return false;
    }
    int pathLimit = queryFrom < 0 ? targetTo : queryFrom - 1;
    authorityFrom = targetFrom + scheme;
    int at = authorityFrom;
    while (at < pathLimit && bytes[at] != '/') {
      at++;
    }
    authorityTo = at;
    pathFrom = at;
    return Authority.valid(bytes, authorityFrom, authorityTo);
  }

  private boolean startsWith(byte[] lower) {
    return targetTo - targetFrom > lower.length
        && Octets.sameWord(bytes, targetFrom, targetFrom + lower.length, lower);
  }

  @Override
  boolean noteHost(boolean first, int from, int to) {
    if (!first) {
      return reject(Rejection.HOST_REPEATED);
    }
    hostFrom = from;
    hostTo = to;
    return Authority.valid(bytes, from, to) || reject(Rejection.HOST_INVALID);
  }

  @Override
  boolean noteExpect(int from, int to) {
    if (minor == 0) {
      return true;
    }
    expects = true;
    return Octets.sameWord(bytes, from, to, CONTINUE) || reject(Rejection.EXPECTATION_UNKNOWN);
  }

  @Override
  boolean finish() {
    if (!framingFits() || !hostFits()) {
      return false;
    }
    if (method == Method.CONNECT || method == Method.TRACE) {
      return reject(Rejection.METHOD_REFUSED);
    }
    if (has(KnownHeader.TRANSFER_ENCODING)) {
      framing = Framing.CHUNKED;
    } else {
      framing = contentLength < 0 ? Framing.NONE : Framing.LENGTH;
    }
    return true;
  }

  private boolean hostFits() {
    if (!has(KnownHeader.HOST)) {
      return minor == 0 || reject(Rejection.HOST_MISSING);
    }
    if (form != TargetForm.ABSOLUTE) {
      return true;
    }
    String port = startsWith(HTTPS) ? "443" : "80";
    int targetEnd = Authority.significantTo(bytes, authorityFrom, authorityTo, port);
    int hostEnd = Authority.significantTo(bytes, hostFrom, hostTo, port);
    return Octets.sameRange(bytes, authorityFrom, targetEnd, hostFrom, hostEnd)
        || reject(Rejection.HOST_CONTRADICTED);
  }

  /// The method, if it is one that a gateway knows.
  public Method method() {
    return method;
  }

  /// Where the method's token starts: the first byte that is not an empty line.
  public int methodFrom() {
    return methodFrom;
  }

  /// Behind the method's token.
  public int methodTo() {
    return methodTo;
  }

  /// Whether doing the request twice is as good as doing it once: its method is idempotent or it
  /// has an `Idempotency-Key`.
  public boolean repeatable() {
    return method().idempotent() || has(KnownHeader.IDEMPOTENCY_KEY);
  }

  /// How many more hops may pass an OPTIONS request on, 0 for none (RFC 9110, 7.6.2); -1 if it does
  /// not say, or is another request. TRACE is refused.
  public long maxForwards() {
    int line = method == Method.OPTIONS ? find(KnownHeader.MAX_FORWARDS) : -1;
    return line < 0 ? -1 : digits(valueFrom(line), valueTo(line));
  }

  /// The form of the target.
  public TargetForm targetForm() {
    return form;
  }

  /// Where the target as sent starts.
  public int targetFrom() {
    return targetFrom;
  }

  /// Behind the target as sent.
  public int targetTo() {
    return targetTo;
  }

  /// Where the path starts; in absolute form behind the authority, and then it may be empty.
  public int pathFrom() {
    return pathFrom;
  }

  /// Behind the path, at the question mark if there is one.
  public int pathTo() {
    return queryFrom < 0 ? targetTo : queryFrom - 1;
  }

  /// Where the query starts, its question mark skipped; -1 if there is no question mark.
  public int queryFrom() {
    return queryFrom;
  }

  /// Behind the query; the end of the target.
  public int queryTo() {
    return targetTo;
  }

  /// Where the host and port start: of an absolute target, else of Host. Equal to [#hostTo] if an
  /// HTTP/1.0 request has neither.
  public int hostFrom() {
    return form == TargetForm.ABSOLUTE ? authorityFrom : hostFrom;
  }

  /// Behind the host and port.
  public int hostTo() {
    return form == TargetForm.ABSOLUTE ? authorityTo : hostTo;
  }

  /// Whether the text is `host [":" port]`, as a Host line has it.
  public static boolean isAuthority(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    return Authority.valid(ascii, 0, ascii.length);
  }

  /// Whether the client waits for `100 Continue` before it sends the body.
  public boolean expectContinue() {
    return expects;
  }
}
