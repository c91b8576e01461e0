package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of one HTTP/1.x message: its bytes and an index of offsets over them.
///
/// A head owns its bytes. [#parse] takes them out of the input by one copy into an array that is
/// reused from message to message, so the input may be released or overwritten as soon as the call
/// returns, nothing is allocated in steady state, and a head can be written out again for a retry
/// until the next `reset`. All offsets count from the start of that array ([#bytes]) and hold
/// until then. One head serves one exchange at a time and one thread.
///
/// Every byte is looked at once and the state is kept between calls, so the outcome does not depend
/// on how the bytes were cut. A limit is a fixed offset at which scanning ends, not a check
/// afterwards, for the same reason.
///
///     start line CR LF  name ':' OWS value OWS CR LF  name ...  CR LF  | body (left in the input)
///                       ^nameFrom ^nameTo ^valueFrom ^valueTo
public abstract sealed class Head permits RequestHead, ResponseHead {
  private static final byte[] EMPTY = new byte[0];
  private static final int FIRST_BYTES = 1024;

  /// An array larger than this is given back at the next reset, so that one large head does not
  /// hold memory on a connection that then idles.
  private static final int KEPT_BYTES = 8192;

  /// Bytes copied at most before they are scanned: what is copied in vain if they are body.
  private static final int STEP_BYTES = 2048;

  private static final int FIRST_HEADERS = 16;
  private static final int STRIDE = 4;
  private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);

  // Steps of the scan, in the order of the bytes; the start line has its own, below LINE.
  static final int START = 0;
  static final int LINE = 10;
  private static final int NAME = 11;
  private static final int VALUE_START = 12;
  private static final int VALUE = 13;
  private static final int LINE_LF = 14;
  private static final int LAST_LF = 15;
  private static final int END = 16;

  final Limits limits;
  final ConnectionOptions options = new ConnectionOptions();
  byte[] bytes = EMPTY;
  int length;
  int pos;
  int step;
  int lineFrom;
  int lineCeiling;
  int minor;
  @Nullable Rejection rejection;
  Framing framing = Framing.NONE;
  long contentLength;

  private int[] index = new int[FIRST_HEADERS * STRIDE];
  private byte[] ids = new byte[FIRST_HEADERS];
  private int count;
  private long seen;
  private int fieldsFrom;

  Head(Limits limits) {
    this.limits = limits;
  }

  final void clear() {
    if (bytes.length > KEPT_BYTES) {
      bytes = EMPTY;
    }
    length = 0;
    pos = 0;
    step = START;
    lineFrom = 0;
    lineCeiling = limits.headBytes();
    rejection = null;
    framing = Framing.NONE;
    contentLength = -1;
    count = 0;
    seen = 0;
    options.clear();
  }

  /// Takes bytes of the head from the input and moves its reader index behind what was taken: to
  /// the first byte after the head on [Outcome#COMPLETE], to the end of the input on
  /// [Outcome#MORE]. Never throws for what a peer sent. After COMPLETE or REJECTED the head must be
  /// reset before it is given more.
  public final Outcome parse(ByteBuf in) {
    while (in.isReadable()) {
      refill(in);
      boolean done = step >= LINE ? fields() : startLine() && fields();
      if (rejection == null && !done) {
        continue;
      }
      in.readerIndex(in.readerIndex() - (length - pos));
      length = pos;
      return rejection == null ? Outcome.COMPLETE : Outcome.REJECTED;
    }
    return Outcome.MORE;
  }

  private void refill(ByteBuf in) {
    if (length == bytes.length) {
      int size = Math.max(FIRST_BYTES, Math.min(2 * length, limits.headBytes()));
      bytes = Arrays.copyOf(bytes, size);
    }
    int taken = Math.min(Math.min(in.readableBytes(), STEP_BYTES), bytes.length - length);
    in.readBytes(bytes, length, taken);
    length += taken;
  }

  /// Scans the start line from where it stopped; true when it is done and `step` is [#LINE].
  abstract boolean startLine();

  /// Judges the whole head; false if it is rejected.
  abstract boolean finish();

  final boolean reject(Rejection why) {
    rejection = why;
    return false;
  }

  /// Where a scan must stop: the end of what is there or of what is allowed.
  final int end() {
    return Math.min(length, lineCeiling);
  }

  /// The scan stands at [#end]: either the limit is reached, or more bytes must come.
  final boolean starved(Rejection ifTooLong) {
    if (pos < lineCeiling) {
      return false;
    }
    return reject(pos >= limits.headBytes() ? Rejection.HEAD_TOO_LARGE : ifTooLong);
  }

  final void startLineDone() {
    step = LINE;
    fieldsFrom = pos;
    nextLine();
  }

  private void nextLine() {
    lineFrom = pos;
    lineCeiling = Math.min(limits.headBytes(), pos + limits.lineBytes());
    step = LINE;
  }

  private boolean fields() {
    while (step != END) {
      if (step == LINE && !lineStart()) {
        return false;
      }
      if (step == LAST_LF) {
        return lastLf();
      }
      if (!field()) {
        return false;
      }
    }
    return true;
  }

  private boolean lineStart() {
    if (pos == end()) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    byte first = bytes[pos];
    if (first == '\r') {
      pos++;
      step = LAST_LF;
      return true;
    }
    if (Octets.blank(first)) {
      return reject(Rejection.LINE_FOLDED);
    }
    if (count == limits.headers()) {
      return reject(Rejection.TOO_MANY_HEADERS);
    }
    step = NAME;
    return true;
  }

  private boolean lastLf() {
    if (pos == end()) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    if (bytes[pos] != '\n') {
      return reject(Rejection.LINE_END_INVALID);
    }
    pos++;
    step = END;
    return finish();
  }

  private boolean field() {
    if (step == NAME && !name()) {
      return false;
    }
    if (step == VALUE_START && !valueStart()) {
      return false;
    }
    if (step == VALUE && !value()) {
      return false;
    }
    return lineLf();
  }

  private boolean name() {
    int end = end();
    pos = Octets.skip(bytes, pos, end, Octets.TOKEN);
    if (pos == end) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    if (bytes[pos] != ':' || pos == lineFrom) {
      return reject(Rejection.NAME_INVALID);
    }
    growIndex();
    int at = count * STRIDE;
    index[at] = lineFrom;
    index[at + 1] = pos;
    pos++;
    step = VALUE_START;
    return true;
  }

  private void growIndex() {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
      index = Arrays.copyOf(index, 2 * count * STRIDE);
    }
  }

  private boolean valueStart() {
    int end = end();
    while (pos < end && Octets.blank(bytes[pos])) {
      pos++;
    }
    if (pos == end) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    index[count * STRIDE + 2] = pos;
    step = VALUE;
    return true;
  }

  private boolean value() {
    int end = end();
    pos = Octets.skipText(bytes, pos, end);
    if (pos == end) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    if (bytes[pos] != '\r') {
      return reject(bytes[pos] == '\n' ? Rejection.LINE_END_INVALID : Rejection.VALUE_INVALID);
    }
    int from = index[count * STRIDE + 2];
    int to = pos;
    while (to > from && Octets.blank(bytes[to - 1])) {
      to--;
    }
    index[count * STRIDE + 3] = to;
    pos++;
    step = LINE_LF;
    return true;
  }

  private boolean lineLf() {
    if (pos == end()) {
      return starved(Rejection.LINE_TOO_LONG);
    }
    if (bytes[pos] != '\n') {
      return reject(Rejection.LINE_END_INVALID);
    }
    pos++;
    int at = count * STRIDE;
    KnownHeader known = KnownHeader.of(bytes, index[at], index[at + 1]);
    ids[count] = (byte) known.index();
    count++;
    boolean first = (seen & known.bit()) == 0;
    seen |= known.bit();
    nextLine();
    return known == KnownHeader.OTHER || note(known, first, index[at + 2], index[at + 3]);
  }

  private boolean note(KnownHeader known, boolean first, int from, int to) {
    return switch (known) {
      case CONTENT_LENGTH -> first ? noteLength(from, to) : reject(Rejection.LENGTH_REPEATED);
      case TRANSFER_ENCODING -> first ? noteCoding(from, to) : reject(Rejection.CODING_REPEATED);
      case CONNECTION -> options.add(bytes, from, to) || reject(options.refusal());
      case HOST -> noteHost(first, from, to);
      case EXPECT -> noteExpect(from, to);
      default -> true;
    };
  }

  /// Looks at a Host line; only requests mind it.
  abstract boolean noteHost(boolean first, int from, int to);

  /// Looks at an Expect line; only requests mind it.
  abstract boolean noteExpect(int from, int to);

  private boolean noteLength(int from, int to) {
    long value = digits(from, to);
    if (value < 0) {
      return reject(Rejection.LENGTH_INVALID);
    }
    contentLength = value;
    return value <= limits.bodyBytes() || reject(Rejection.LENGTH_TOO_LARGE);
  }

  /// The number that up to 18 digits say; -1 if the range is none.
  final long digits(int from, int to) {
    if (to == from || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      if (!Octets.digit(bytes[at])) {
        return -1;
      }
      value = 10 * value + (bytes[at] - '0');
    }
    return value;
  }

  private boolean noteCoding(int from, int to) {
    return Octets.sameWord(bytes, from, to, CHUNKED) || reject(Rejection.CODING_INVALID);
  }

  /// The rules for the two framing headers that hold for every message.
  final boolean framingFits() {
    if (!has(KnownHeader.TRANSFER_ENCODING)) {
      return true;
    }
    if (minor == 0) {
      return reject(Rejection.CODING_FORBIDDEN);
    }
    return !has(KnownHeader.CONTENT_LENGTH) || reject(Rejection.LENGTH_WITH_CODING);
  }

  /// Why the head was refused; null unless it was.
  public final @Nullable Rejection rejection() {
    return rejection;
  }

  /// The head's bytes; what lies from [#headLength] on is undefined. Not to be written to.
  @SuppressWarnings("EI_EXPOSE_REP") // offsets are of use only together with the bytes
  public final byte[] bytes() {
    return bytes;
  }

  /// The bytes taken so far; on [Outcome#COMPLETE] those of the whole head with its empty line.
  public final int headLength() {
    return length;
  }

  /// 0 for HTTP/1.0, 1 for HTTP/1.1 and what claims to be later (RFC 9110, section 2.5).
  public final int minorVersion() {
    return minor;
  }

  /// How the body that follows is framed.
  public final Framing framing() {
    return framing;
  }

  /// What Content-Length says, or -1 if there is none. An answer to HEAD or a 304 may have one
  /// although its framing is [Framing#NONE].
  public final long contentLength() {
    return contentLength;
  }

  /// Whether the peer is willing to go on with this connection after the message.
  public final boolean keepAlive() {
    return !options.close() && (minor > 0 || options.keepAlive());
  }

  /// Whether the peer offers to change the protocol: Upgrade with `Connection: upgrade`, in 1.1.
  public final boolean upgrades() {
    return minor > 0 && options.upgrade() && has(KnownHeader.UPGRADE);
  }

  /// The number of header lines.
  public final int headerCount() {
    return count;
  }

  /// Where the name of the i-th header line starts; the line itself starts there too.
  public final int nameFrom(int header) {
    return index[header * STRIDE];
  }

  /// Behind the name of the i-th header line.
  public final int nameTo(int header) {
    return index[header * STRIDE + 1];
  }

  /// Where the value of the i-th header line starts, blanks skipped.
  public final int valueFrom(int header) {
    return index[header * STRIDE + 2];
  }

  /// Behind the value of the i-th header line, blanks dropped.
  public final int valueTo(int header) {
    return index[header * STRIDE + 3];
  }

  /// Which header the i-th line is.
  public final KnownHeader known(int header) {
    return KnownHeader.at(ids[header]);
  }

  /// Whether there is such a header.
  public final boolean has(KnownHeader known) {
    return (seen & known.bit()) != 0;
  }

  /// The first line with that header, or -1.
  public final int find(KnownHeader known) {
    return has(known) ? next(known, -1) : -1;
  }

  /// The next line with that header after the given one, or -1.
  public final int next(KnownHeader known, int after) {
    for (int i = after + 1; i < count; i++) {
      if (ids[i] == known.index()) {
        return i;
      }
    }
    return -1;
  }

  /// The first line with that name, given in lower-case ASCII, or -1.
  public final int find(byte[] lowerName) {
    return next(lowerName, -1);
  }

  /// The next line with that name, given in lower-case ASCII, after the given one, or -1.
  public final int next(byte[] lowerName, int after) {
    for (int i = after + 1; i < count; i++) {
      int from = index[i * STRIDE];
      int to = index[i * STRIDE + 1];
      if (to - from == lowerName.length && Octets.sameName(bytes, from, lowerName)) {
        return i;
      }
    }
    return -1;
  }

  /// The bytes of a range as text, one character a byte. Allocates; for logs and own endpoints.
  public final String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// The i-th header's value as text, one character a byte. Allocates.
  public final String valueText(int header) {
    return text(valueFrom(header), valueTo(header));
  }

  final long seen() {
    return seen;
  }

  final int fieldsFrom() {
    return fieldsFrom;
  }

  /// Behind the last header line, before the empty one.
  final int fieldsTo() {
    return length - 2;
  }

  final int lineTo(int header) {
    return header + 1 < count ? nameFrom(header + 1) : fieldsTo();
  }
}
