package dev.ringmaster.gateway.http1;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// The framing bytes of a chunked body (RFC 9112, section 7.1), one at a time; content is skipped.
///
///     size-hex [ ';' extension ] CR LF  content CR LF  ...
///     '0' [ ';' extension ] CR LF  { name ':' value CR LF }  CR LF
///
/// Stricter than the grammar where senders of good will never are and readers disagree: no blank
/// after a size, no bare LF, at most 16 digits.
final class ChunkScan {
  private enum Step {
    SIZE,
    EXTENSION,
    SIZE_LF,
    CONTENT,
    CONTENT_CR,
    CONTENT_LF,
    TRAILER,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF,
    END
  }

  /// Hexadecimal digits of a size, leading zeros counted; 16 are all that a long can hold.
  private static final int SIZE_DIGITS = 16;

  private final Limits limits;
  private final byte[] name = new byte[KnownHeader.LONGEST + 1];
  private final @Nullable ByteArrayOutputStream kept;
  private Step step = Step.SIZE;
  private int digits;
  private long left;
  private int extensionBytes;
  private int trailerBytes;
  private int nameLength;

  /// A scan that collects trailer lines in `kept` unless that is null.
  ChunkScan(Limits limits, @Nullable ByteArrayOutputStream kept) {
    this.limits = limits;
    this.kept = kept;
  }

  void clear() {
    step = Step.SIZE;
    digits = 0;
    left = 0;
    extensionBytes = 0;
    trailerBytes = 0;
    nameLength = 0;
  }

  boolean ended() {
    return step == Step.END;
  }

  /// How many of the next bytes are content; 0 if the next one is framing.
  int run(int available) {
    return step == Step.CONTENT ? (int) Math.min(left, available) : 0;
  }

  void take(int run) {
    left -= run;
    if (left == 0) {
      step = Step.CONTENT_CR;
    }
  }

  /// Looks at one framing byte; returns what is wrong with it, if anything.
  @Nullable BodyFault frame(byte b) {
    return switch (step) {
      case SIZE -> size(b);
      case EXTENSION -> extension(b);
      case SIZE_LF -> sizeLf(b);
      case CONTENT_CR -> expect(b, '\r', Step.CONTENT_LF);
      case CONTENT_LF -> contentLf(b);
      case TRAILER, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF, LAST_LF -> trailer(b);
      case CONTENT, END -> throw new IllegalStateException("no framing byte in " + step);
    };
  }

  private @Nullable BodyFault expect(byte b, char wanted, Step next) {
    if (b != wanted) {
      return BodyFault.LINE_END_INVALID;
    }
    step = next;
    return null;
  }

  private @Nullable BodyFault size(byte b) {
    int digit = hex(b);
    if (digit >= 0) {
      return sizeDigit(digit);
    }
    if (digits == 0) {
      return BodyFault.SIZE_INVALID;
    }
    if (b == '\r') {
      step = Step.SIZE_LF;
      return null;
    }
    if (b != ';') {
      return BodyFault.SIZE_INVALID;
    }
    step = Step.EXTENSION;
    return countExtension();
  }

  private static int hex(byte b) {
    if (Octets.digit(b)) {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private @Nullable BodyFault sizeDigit(int digit) {
    digits++;
    if (digits > SIZE_DIGITS || left >>> 59 != 0) {
      return BodyFault.SIZE_TOO_LARGE;
    }
    left = (left << 4) | digit;
    return null;
  }

  private @Nullable BodyFault extension(byte b) {
    if (b == '\r') {
      step = Step.SIZE_LF;
      return null;
    }
    return Octets.is(b, Octets.TEXT) ? countExtension() : BodyFault.EXTENSION_INVALID;
  }

  private @Nullable BodyFault countExtension() {
    extensionBytes++;
    return extensionBytes > limits.extensionBytes() ? BodyFault.EXTENSIONS_TOO_LONG : null;
  }

  private @Nullable BodyFault sizeLf(byte b) {
    digits = 0;
    return expect(b, '\n', left == 0 ? Step.TRAILER : Step.CONTENT);
  }

  private @Nullable BodyFault contentLf(byte b) {
    return expect(b, '\n', Step.SIZE);
  }

  private @Nullable BodyFault trailer(byte b) {
    trailerBytes++;
    if (trailerBytes > limits.trailerBytes()) {
      return BodyFault.TRAILERS_TOO_LONG;
    }
    if (kept != null) {
      kept.write(b);
    }
    return switch (step) {
      case TRAILER -> trailerStart(b);
      case TRAILER_NAME -> trailerName(b);
      case TRAILER_VALUE -> trailerValue(b);
      case TRAILER_LF -> expect(b, '\n', Step.TRAILER);
      default -> expect(b, '\n', Step.END);
    };
  }

  private @Nullable BodyFault trailerStart(byte b) {
    if (b == '\r') {
      step = Step.LAST_LF;
      return null;
    }
    nameLength = 0;
    step = Step.TRAILER_NAME;
    return trailerName(b);
  }

  private @Nullable BodyFault trailerName(byte b) {
    if (Octets.is(b, Octets.TOKEN)) {
      nameLength = Math.min(nameLength + 1, name.length);
      name[nameLength - 1] = b;
      return null;
    }
    if (b != ':' || nameLength == 0) {
      return BodyFault.TRAILER_INVALID;
    }
    step = Step.TRAILER_VALUE;
    boolean forbidden = KnownHeader.of(name, 0, nameLength).headOnly();
    return forbidden ? BodyFault.TRAILER_FORBIDDEN : null;
  }

  private @Nullable BodyFault trailerValue(byte b) {
    if (b == '\r') {
      step = Step.TRAILER_LF;
      return null;
    }
    return Octets.is(b, Octets.TEXT) ? null : BodyFault.TRAILER_INVALID;
  }
}
