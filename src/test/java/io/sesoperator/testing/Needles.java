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
import java.util.Optional;

/**
 * Finds any of many byte sequences in a stream, in one pass: the 8 bytes at each place are looked
 * up among the first 8 of all sequences.
 */
final class Needles<T> {

  /** What was found: where, counted in bytes, and what the sequence stands for. */
  record Found<T>(long offset, T meaning) {}

  private record Needle<T>(byte[] bytes, T meaning) {

    boolean isAt(byte[] buffer, int place, int length) {
      int end = place + bytes.length;
      return end <= length && Arrays.equals(buffer, place, end, bytes, 0, bytes.length);
    }
  }

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

  /**
   * All that is found, in the order of its places: of what begins at one place the sequence that
   * was added first, and nothing that begins within what was found before.
   */
  List<Found<T>> in(InputStream stream) throws IOException {
    List<Found<T>> found = new ArrayList<>();
    byte[] buffer = new byte[BUFFER + longest];
    long offset = 0;
    int length = 0;
    int start = 0;
    boolean end = false;
    while (!end) {
      int read = stream.readNBytes(buffer, length, buffer.length - length);
      end = read < buffer.length - length;
      length += read;
      // A sequence that begins behind this may end in what is not read yet.
      int places = Math.max(0, end ? length - HEAD + 1 : length - longest + 1);
      int i = start;
      while (i < places) {
        Optional<Needle<T>> needle = at(buffer, i, length);
        if (needle.isPresent()) {
          found.add(new Found<>(offset + i, needle.get().meaning()));
        }
        i += needle.map(it -> it.bytes().length).orElse(1);
      }
      System.arraycopy(buffer, places, buffer, 0, length - places);
      offset += places;
      length -= places;
      start = i - places;
    }
    return found;
  }

  private Optional<Needle<T>> at(byte[] buffer, int place, int length) {
    long head = head(buffer, place);
    int hash = hash(head);
    if ((filter[hash >>> 6] & (1L << hash)) == 0) {
      return Optional.empty();
    }
    return byHead.getOrDefault(head, List.of()).stream()
        .filter(needle -> needle.isAt(buffer, place, length))
        .findFirst();
  }

  private static long head(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  private static int hash(long head) {
    return (int) ((head * 0x9E3779B97F4A7C15L) >>> (64 - FILTER_BITS));
  }
}
