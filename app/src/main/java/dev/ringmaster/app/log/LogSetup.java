package dev.ringmaster.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.Map;

/// Sets Logback up in code, which starts faster than from XML. Found by Logback as a service.
///
/// The system property `ringmaster.log` chooses the level: `error`, `warn`, `info` (the default),
/// `debug` or `trace`.
public final class LogSetup extends ContextAwareBase implements Configurator {

  /// Libraries that say on `info` and `debug` what is of use to their authors only.
  private static final List<String> QUIET =
      List.of("io.netty", "com.github.dockerjava", "org.apache", "io.micrometer");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    Logfmt logfmt = new Logfmt();
    logfmt.setContext(context);
    logfmt.start();
    appender.setEncoder(logfmt);
    appender.start();
    Level level = Level.toLevel(System.getProperty("ringmaster.log"), Level.INFO);
    context.getLogger("ROOT").setLevel(level);
    context.getLogger("ROOT").addAppender(appender);
    Map<Boolean, Level> quiet = Map.of(true, Level.ERROR, false, Level.WARN);
    QUIET.forEach(name -> context.getLogger(name).setLevel(quiet.get(level == Level.ERROR)));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
