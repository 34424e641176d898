package io.sesoperator.check;

/**
 * Where something is written.
 *
 * @param file as the user named it, or {@code -}
 * @param line from 1
 */
record Place(String file, int line) {

  Place onLine(int other) {
    return new Place(file, other);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
