package io.sesoperator.cli;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.runtime.Progress.Standing;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is not ready, and who must act, in columns for people. */
final class StandingTable {

  private static final List<String> HEADS =
      List.of("NAMESPACE", "NAME", "REASON", "WHO ACTS", "MESSAGE");
  private static final String GAP = "   ";

  private StandingTable() {}

  /** The table's lines, with its head. */
  static List<String> lines(List<Standing> standings) {
    List<List<String>> rows =
        Stream.concat(Stream.of(HEADS), standings.stream().map(StandingTable::row)).toList();
    List<Integer> widths =
        IntStream.range(0, HEADS.size()).mapToObj(column -> width(rows, column)).toList();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(Standing standing) {
    return List.of(
        standing.namespace(),
        standing.name(),
        standing.ready().map(Condition::reason).orElse("-"),
        standing
            .ready()
            .flatMap(ready -> Reason.fromWire(ready.reason()))
            .map(reason -> reason.actor().name().toLowerCase(Locale.ROOT))
            .orElse("-"),
        standing
            .ready()
            .map(Condition::message)
            .orElse("The operator has not come to look at it."));
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size() - 1; column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths.get(column) - cell.length())).append(GAP);
    }
    return line.append(row.getLast()).toString();
  }
}
