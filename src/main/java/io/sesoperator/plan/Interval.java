package io.sesoperator.plan;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time between two looks at SES that nobody asked for, as {@code spec.interval} says it. */
public final class Interval {

  /** What the schema fills in, and what holds if a text can be none. */
  public static final Duration STANDARD = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(h|m|s)");

  private Interval() {}

  /** The duration of a text such as {@code 1h30m}, at least ten minutes. */
  public static Duration of(String text) {
    if (!text.matches("(" + PART.pattern() + ")+")) {
      return STANDARD;
    }
    Duration sum = Duration.ZERO;
    for (Matcher part = PART.matcher(text); part.find(); ) {
      sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
    }
    return within(sum);
  }

  /** A tenth more or less, so that not all look at once. */
  public static Duration spread(Duration interval, RandomGenerator random) {
    return Duration.ofMillis(
        random.nextLong(interval.toMillis() / 10 * 9, interval.toMillis() / 10 * 11 + 1));
  }

  private static Duration part(long number, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static Duration within(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return interval.compareTo(LONGEST) > 0 ? LONGEST : interval;
  }
}
