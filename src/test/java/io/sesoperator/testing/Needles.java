package io.sesoperator.testing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds any of many byte sequences in a stream, in one pass: the 8 bytes at each place are looked
 * up among the first 8 of all sequences.
 */
final class Needles<T> {

  /** What was found: where, counted in bytes, and what the sequence stands for. */
  record Found<T>(long offset, T meaning) {}

  private record Needle<T>(byte[] bytes, T meaning) {}

  private static final int HEAD = Long.BYTES;
  private static final int BUFFER = 1 << 20;
  private static final int FILTER_BITS = 24;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Map<Long, List<Needle<T>>> byHead = new HashMap<>();

  /** One bit for each hash of a head: most places of a stream are passed over without a look-up. */
  private final long[] filter = new long[1 << (FILTER_BITS - 6)];

  private int longest = HEAD;

  /**
   * Adds a sequence, unless it is there already.
   *
   * @throws IllegalArgumentException if it has less than 8 bytes
   */
  void add(byte[] bytes, T meaning) {
    if (bytes.length < HEAD) {
      throw new IllegalArgumentException("At least " + HEAD + " bytes");
    }
    long head = head(bytes, 0);
    List<Needle<T>> needles = byHead.computeIfAbsent(head, _ -> new ArrayList<>());
    if (needles.stream().noneMatch(needle -> Arrays.equals(needle.bytes(), bytes))) {
      needles.add(new Needle<>(bytes, meaning));
      filter[hash(head) >>> 6] |= 1L << hash(head);
      longest = Math.max(longest, bytes.length);
    }
  }

  /** All that is found, in the order of its places; at one place in the order of adding. */
  List<Found<T>> in(InputStream stream) throws IOException {
    List<Found<T>> found = new ArrayList<>();
    byte[] buffer = new byte[BUFFER + longest];
    long offset = 0;
    int length = 0;
    boolean end = false;
    while (!end) {
      int read = stream.readNBytes(buffer, length, buffer.length - length);
      end = read < buffer.length - length;
      length += read;
      // A sequence that begins behind this may end in what is not read yet.
      int places = Math.max(0, end ? length - HEAD + 1 : length - longest + 1);
      look(buffer, length, places, offset, found);
      System.arraycopy(buffer, places, buffer, 0, length - places);
      offset += places;
      length -= places;
    }
    return found;
  }

  private void look(byte[] buffer, int length, int places, long offset, List<Found<T>> found) {
    for (int i = 0; i < places; i++) {
      long head = head(buffer, i);
      int hash = hash(head);
      if ((filter[hash >>> 6] & (1L << hash)) != 0) {
        for (Needle<T> needle : byHead.getOrDefault(head, List.of())) {
          int till = i + needle.bytes().length;
          if (till <= length
              && Arrays.equals(buffer, i, till, needle.bytes(), 0, needle.bytes().length)) {
            found.add(new Found<>(offset + i, needle.meaning()));
          }
        }
      }
    }
  }

  private static long head(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  private static int hash(long head) {
    return (int) ((head * 0x9E3779B97F4A7C15L) >>> (64 - FILTER_BITS));
  }
}
