package io.sesoperator.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What came of many runs, for each mode and point. */
final class Table {

  private static final String ROW = "%4s  %-47s%6s%7s%7s%7s%7s%7s%n";

  private final List<Point> points;
  private final List<Verdict> verdicts = new ArrayList<>();

  Table(List<Point> points) {
    this.points = points;
  }

  void add(List<Verdict> more) {
    verdicts.addAll(more);
  }

  List<Verdict> wrong() {
    return verdicts.stream().filter(verdict -> !verdict.isRight()).toList();
  }

  @Override
  public String toString() {
    Map<Mode, List<Verdict>> byMode =
        verdicts.stream()
            .collect(Collectors.groupingBy(Verdict::mode, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    byMode.forEach((mode, its) -> text.append(block(mode, its)));
    return text + (byMode.size() > 1 ? row("", "all of them", verdicts) : "");
  }

  private String block(Mode mode, List<Verdict> its) {
    StringBuilder text = new StringBuilder();
    text.append(ROW.formatted("", mode, "runs", "wrong", "human", "extra", "settle", "idle"));
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      List<Verdict> here = its.stream().filter(it -> it.point().equals(point)).toList();
      text.append(row("" + (i + 1), point.toString(), here));
    }
    return text + row("", "all " + points.size() + " points", its) + System.lineSeparator();
  }

  private static String row(String number, String name, List<Verdict> some) {
    return ROW.formatted(
        number,
        name,
        count(some, Verdict::struck),
        count(some, verdict -> !verdict.holds()),
        count(some, verdict -> !verdict.told()),
        max(some, verdict -> verdict.effort().extraCalls()),
        count(some, verdict -> verdict.effort().corrected()),
        max(some, Verdict::idleEffects));
  }

  private static long count(List<Verdict> some, Predicate<Verdict> which) {
    return some.stream().filter(which).count();
  }

  private static int max(List<Verdict> some, ToIntFunction<Verdict> what) {
    return some.stream().mapToInt(what).max().orElse(0);
  }
}
