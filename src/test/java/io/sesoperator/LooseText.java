package io.sesoperator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Output as a document shows it. What a command prints may differ from it in times, durations,
 * RequestIds and the width of gaps; {@code …} stands for any text in a line, and alone for any
 * lines.
 */
record LooseText(String shown) {

  private static final String ANY_LINES = "(?:.*\\n)*?";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z";
  private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String DURATION = "(?:\\d+(?:\\.\\d+)?(?:ms|[smhd]))+(?![A-Za-z0-9])";
  private static final Pattern LOOSE =
      Pattern.compile(
          "(?<any>…)|(?<time>%s)|(?<id>%s)|(?<duration>(?<![A-Za-z0-9])%s)|(?<gap>\\s+)"
              .formatted(TIME, ID, DURATION));

  boolean matches(String printed) {
    String pattern =
        shown
            .strip()
            .lines()
            .map(line -> line.strip().equals("…") ? ANY_LINES : line(line.strip()))
            .collect(Collectors.joining());
    return Pattern.matches(pattern, printed.strip() + "\n");
  }

  private static String line(String shown) {
    StringBuilder pattern = new StringBuilder("\\s*?");
    Matcher loose = LOOSE.matcher(shown);
    int done = 0;
    while (loose.find()) {
      pattern.append(quoted(shown.substring(done, loose.start()))).append(wider(loose));
      done = loose.end();
    }
    return pattern.append(quoted(shown.substring(done))).append("[ \\t]*\\n").toString();
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text);
  }

  private static String wider(Matcher found) {
    if (found.group("any") != null) {
      return ".*?";
    } else if (found.group("time") != null) {
      return TIME;
    } else if (found.group("id") != null) {
      return ID;
    } else if (found.group("duration") != null) {
      return DURATION;
    }
    return "[ \\t]+";
  }
}
