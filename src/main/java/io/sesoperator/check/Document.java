package io.sesoperator.check;

import java.util.List;

/** One document of a YAML stream. */
sealed interface Document {

  /**
   * One that can be read.
   *
   * @param duplicates lines of fields that stand there before
   */
  record Content(Value value, List<Integer> duplicates) implements Document {}

  /** One that cannot; what the parser says of it is left out, as that quotes the line. */
  record Broken(int line, int column, Rule rule) implements Document {}
}
