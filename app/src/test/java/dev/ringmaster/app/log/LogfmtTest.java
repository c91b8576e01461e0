package dev.ringmaster.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogfmtTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void anEventIsOneLineOfPairs() {
    LoggingEvent event = event("S2 serves", null);
    event.addKeyValuePair(new KeyValuePair("seat", 1));
    assertThat(line(event))
        .isEqualTo(
            "time=2026-11-24T06:00:00.123Z level=info from=Fleet msg=\"S2 serves\" seat=1\n");
  }

  @Test
  void nothingThatComesFromOutsideBreaksTheLine() {
    String line = line(event("a\r\nlevel=error \"b\" \u001b[31m\\", null));
    assertThat(line)
        .endsWith("msg=\"a\\r\\nlevel=error \\\"b\\\" \\u001b[31m\\\\\"\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void aStackTraceIsOneValue() {
    String line = line(event("lost", new IllegalStateException("why")));
    assertThat(line).contains(" msg=lost trace=\"java.lang.IllegalStateException: why\\n");
    assertThat(line).containsOnlyOnce("\n");
  }

  private LoggingEvent event(String message, @Nullable Throwable thrown) {
    var logger = context.getLogger("dev.ringmaster.fleet.Fleet");
    LoggingEvent event = new LoggingEvent("", logger, Level.INFO, message, thrown, null);
    event.setInstant(Instant.parse("2026-11-24T06:00:00.123456Z"));
    return event;
  }

  private static String line(LoggingEvent event) {
    return new String(new Logfmt().encode(event), UTF_8);
  }
}
