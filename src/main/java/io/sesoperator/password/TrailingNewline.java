package io.sesoperator.password;

/** The one line ending that {@code echo} and editors leave behind a password. */
final class TrailingNewline {

  private TrailingNewline() {}

  /**
   * Where the line ending at the end of {@code value} starts; the length of {@code value} if there
   * is none.
   */
  static int start(byte[] value) {
    int length = value.length;
    if (length == 0 || value[length - 1] != '\n') {
      return length;
    }
    return length > 1 && value[length - 2] == '\r' ? length - 2 : length - 1;
  }
}
