package io.sesoperator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lines of cells, each column as wide as its widest cell: the first to the left, the others not.
 */
final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  Table(String... headings) {
    lines.add(List.of(headings));
  }

  /** Adds a line with as many cells as there are headings. */
  void add(Object... cells) {
    lines.add(Stream.of(cells).map(Object::toString).toList());
  }

  /** Adds a line: its name, and the other cells. */
  void add(String name, List<String> cells) {
    lines.add(Stream.concat(Stream.of(name), cells.stream()).toList());
  }

  @Override
  public String toString() {
    return lines.stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(column -> padded(cells.get(column), column))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private String padded(String cell, int column) {
    String space = " ".repeat(width(column) - cell.length());
    return column == 0 ? cell + space : space + cell;
  }

  private int width(int column) {
    return lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElseThrow();
  }
}
