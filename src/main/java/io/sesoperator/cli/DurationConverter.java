package io.sesoperator.cli;

import io.sesoperator.runtime.SettingsReader;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes durations as settings have them. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return SettingsReader.durationOf(text)
        .filter(Duration::isPositive)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is no duration such as 90s or 10m"));
  }
}
