package io.sesoperator.testing;

import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands what is logged by {@code java.util.logging} and {@code System.Logger} on to logback; named
 * in {@code logging.properties}.
 */
public final class JulToLogback extends Handler {

  private static final Formatter FORMATTER = new SimpleFormatter();

  @Override
  public void publish(LogRecord entry) {
    LoggerFactory.getLogger(Optional.ofNullable(entry.getLoggerName()).orElse("root"))
        .atLevel(level(entry.getLevel().intValue()))
        .setCause(entry.getThrown())
        .log(FORMATTER.formatMessage(entry));
  }

  private static Level level(int jul) {
    if (jul >= java.util.logging.Level.SEVERE.intValue()) {
      return Level.ERROR;
    }
    if (jul >= java.util.logging.Level.WARNING.intValue()) {
      return Level.WARN;
    }
    if (jul >= java.util.logging.Level.INFO.intValue()) {
      return Level.INFO;
    }
    return jul >= java.util.logging.Level.FINE.intValue() ? Level.DEBUG : Level.TRACE;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
