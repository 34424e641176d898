package io.sesoperator.check;

/**
 * A file that is to be checked.
 *
 * @param name as findings show it
 * @param content its bytes, or a few more than are allowed if it is too large
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ManifestFile(String name, byte[] content) {

  @Override
  public String toString() {
    return "ManifestFile[" + name + "]";
  }
}
