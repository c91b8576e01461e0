package dev.ringmaster.gateway.key.json;

import org.jspecify.annotations.Nullable;

/// Reads a JSON string (RFC 8259, section 7) byte by byte and unescapes it. A surrogate without its
/// other half becomes U+FFFD; bytes above ASCII pass as they are.
final class StringToken {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int HEX_DIGITS = 4;

  private enum Step {
    PLAIN,
    ESCAPE,
    HEX
  }

  private Step step = Step.PLAIN;
  private int unit;
  private int digits;
  private int high;
  private @Nullable KeyText text;

  /// Begins behind the opening quote.
  ///
  /// @param into where the text goes; null if nobody wants it
  void begin(@Nullable KeyText into) {
    step = Step.PLAIN;
    high = 0;
    text = into;
  }

  Token take(byte b) {
    return switch (step) {
      case PLAIN -> plain(b);
      case ESCAPE -> escape(b);
      case HEX -> hex(b);
    };
  }

  private Token plain(byte b) {
    if (b == '\\') {
      step = Step.ESCAPE;
      return Token.GOES_ON;
    }
    settle();
    if (b == '"') {
      return Token.ENDED;
    }
    if (b >= 0 && b < ' ') {
      return Token.WRONG;
    }
    if (text != null) {
      text.add(b & 0xFF);
    }
    return Token.GOES_ON;
  }

  private Token escape(byte b) {
    if (b == 'u') {
      step = Step.HEX;
      unit = 0;
      digits = 0;
      return Token.GOES_ON;
    }
    int meant = meant(b);
    if (meant < 0) {
      return Token.WRONG;
    }
    step = Step.PLAIN;
    settle();
    put(meant);
    return Token.GOES_ON;
  }

  private static int meant(byte b) {
    return switch (b) {
      case '"', '\\', '/' -> b;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  private Token hex(byte b) {
    int digit = b < 0 ? -1 : Character.digit(b, 16);
    if (digit < 0) {
      return Token.WRONG;
    }
    unit = unit << 4 | digit;
    if (++digits == HEX_DIGITS) {
      step = Step.PLAIN;
      putUnit((char) unit);
    }
    return Token.GOES_ON;
  }

  private void putUnit(char c) {
    if (high != 0 && Character.isLowSurrogate(c)) {
      put(Character.toCodePoint((char) high, c));
      high = 0;
      return;
    }
    settle();
    if (Character.isHighSurrogate(c)) {
      high = c;
    } else {
      put(Character.isLowSurrogate(c) ? REPLACEMENT : c);
    }
  }

  /// What comes now is not the other half of a surrogate.
  private void settle() {
    if (high != 0) {
      high = 0;
      put(REPLACEMENT);
    }
  }

  private void put(int c) {
    if (text != null) {
      text.addChar(c);
    }
  }
}
