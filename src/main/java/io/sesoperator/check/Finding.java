package io.sesoperator.check;

/**
 * One thing that is wrong, or could not be checked.
 *
 * @param file as the user named it, or {@code -} for standard input
 * @param line from 1
 * @param message what is wrong and what to do; never anything of a Secret's value
 * @param rule id of the rule, as in docs/cli.md
 */
public record Finding(String file, int line, Severity severity, String message, String rule) {

  static Finding of(Place place, Rule rule, String message) {
    return new Finding(place.file(), place.line(), rule.severity(), message, rule.id());
  }

  /** As compilers write it, so that editors and CI find the line. */
  @Override
  public String toString() {
    return "%s:%d: %s: %s (%s)".formatted(file, line, severity.word(), message, rule);
  }
}
