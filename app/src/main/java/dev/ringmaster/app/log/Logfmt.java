package dev.ringmaster.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/// Writes an event as one line:
///
/// ```
/// time=2026-11-24T06:00:00.123Z level=info from=Supervisor msg="S2 serves" seat=1
/// ```
///
/// A value with a space, a quote, `=` or a control character stands in quotes, with `\"`, `\\`,
/// `\n`, `\r`, `\t` and `\u001b` for what would break the line. A stack trace is one value,
/// `trace`.
public final class Logfmt extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append("time=").append(event.getInstant().truncatedTo(ChronoUnit.MILLIS));
    pair(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    String logger = event.getLoggerName();
    pair(line, "from", logger.substring(logger.lastIndexOf('.') + 1));
    pair(line, "msg", event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair more : event.getKeyValuePairs()) {
        pair(line, more.key, String.valueOf(more.value));
      }
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      pair(line, "trace", ThrowableProxyUtil.asString(thrown));
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private static void pair(StringBuilder line, String key, String value) {
    line.append(' ').append(key).append('=');
    boolean plain = !value.isEmpty();
    for (int i = 0; plain && i < value.length(); i++) {
      char c = value.charAt(i);
      plain = c > ' ' && c != '"' && c != '=' && c != '\\' && !Character.isISOControl(c);
    }
    if (plain) {
      line.append(value);
    } else {
      quoted(line, value);
    }
  }

  private static void quoted(StringBuilder line, String value) {
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
