package io.sesoperator.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what happens, one thing a line: when, what, and by what it was seen. */
final class Screen {

  /** What a line is about. */
  private enum Mark {
    DEED("▸", "1"),
    NEWS("·", "2"),
    SEEN("✓", "32"),
    MISSED("✗", "31");

    private final String sign;
    private final String colour;

    Mark(String sign, String colour) {
      this.sign = sign;
      this.colour = colour;
    }
  }

  private static final int WIDTH = 120;
  private static final int INDENT = 10;
  private static final int WHAT = 40;

  private final PrintStream out;
  private final Clock clock;
  private final boolean coloured;
  private final Instant start;
  private int seen;
  private boolean dark;

  /**
   * Starts at second 0.
   *
   * @param coloured whether {@code out} understands ANSI colours
   */
  Screen(PrintStream out, Clock clock, boolean coloured) {
    this.out = out;
    this.clock = clock;
    this.coloured = coloured;
    this.start = clock.instant();
  }

  /** Something that the demo does itself. */
  void does(String deed) {
    print("");
    print(time() + sign(Mark.DEED) + " " + paint(deed, Mark.DEED));
  }

  /** Something that came along the way. */
  void hears(String what, String details) {
    line(Mark.NEWS, what, details);
  }

  /** A step that was checked. */
  void sees(String what, String evidence) {
    seen++;
    line(Mark.SEEN, what, evidence);
  }

  /** The step that was not seen. */
  void misses(StepNotSeen step) {
    line(Mark.MISSED, step.step(), "not seen");
    says("");
    says(step.getMessage());
  }

  /** Something without a time, in as many lines as it takes. */
  void says(String text) {
    wrapped(text, WIDTH).forEach(this::print);
  }

  /** One line as it is. */
  synchronized void print(String line) {
    if (!dark) {
      out.println(line);
    }
  }

  /** Says one last thing. */
  synchronized void goDark(String farewell) {
    print(farewell);
    dark = true;
  }

  /** How many steps were seen. */
  int steps() {
    return seen;
  }

  Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  private void line(Mark mark, String what, String details) {
    String head = time() + sign(mark) + " " + paint(padded(what), mark == Mark.NEWS ? mark : null);
    List<String> rest = wrapped(details, WIDTH - INDENT - WHAT);
    print((head + paint(rest.getFirst(), Mark.NEWS)).stripTrailing());
    rest.stream()
        .skip(1)
        .map(more -> " ".repeat(INDENT + WHAT) + paint(more, Mark.NEWS))
        .forEach(this::print);
  }

  private String time() {
    return String.format(Locale.ROOT, "%5.1f s ", elapsed().toMillis() / 1000.0);
  }

  private String sign(Mark mark) {
    return paint(mark.sign, mark);
  }

  private String paint(String text, Mark mark) {
    return coloured && mark != null ? "\033[" + mark.colour + "m" + text + "\033[0m" : text;
  }

  private static String padded(String what) {
    return what + " ".repeat(Math.max(1, WHAT - what.length()));
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
