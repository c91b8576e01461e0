package dev.ringmaster.gateway.key.json;

/// Reads a JSON number (RFC 8259, section 6) byte by byte.
///
/// ```
/// MINUS → ZERO ─────────→ POINT → FRACTION → E → SIGN → EXPONENT
///       → WHOLE (digits) ↗      (digits)     ↗          (digits)
/// ```
final class NumberToken {
  private enum Step {
    MINUS,
    ZERO,
    WHOLE,
    POINT,
    FRACTION,
    E,
    SIGN,
    EXPONENT
  }

  private Step step = Step.MINUS;

  /// Begins with the number's first byte, a digit or a minus sign.
  void begin(byte first) {
    step = first == '-' ? Step.MINUS : first == '0' ? Step.ZERO : Step.WHOLE;
  }

  Token take(byte b) {
    return switch (step) {
      case MINUS -> digit(b) ? to(b == '0' ? Step.ZERO : Step.WHOLE) : Token.WRONG;
      case ZERO -> digit(b) ? Token.WRONG : behindWhole(b);
      case WHOLE -> digit(b) ? Token.GOES_ON : behindWhole(b);
      case POINT -> digit(b) ? to(Step.FRACTION) : Token.WRONG;
      case FRACTION -> digit(b) ? Token.GOES_ON : exponent(b);
      case E -> b == '+' || b == '-' ? to(Step.SIGN) : exponentDigit(b);
      case SIGN -> exponentDigit(b);
      case EXPONENT -> digit(b) ? Token.GOES_ON : Token.ENDED;
    };
  }

  private Token behindWhole(byte b) {
    return b == '.' ? to(Step.POINT) : exponent(b);
  }

  private Token exponent(byte b) {
    return b == 'e' || b == 'E' ? to(Step.E) : Token.ENDED;
  }

  private Token exponentDigit(byte b) {
    return digit(b) ? to(Step.EXPONENT) : Token.WRONG;
  }

  private Token to(Step next) {
    step = next;
    return Token.GOES_ON;
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }
}
