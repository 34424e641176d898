package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.testing.Needles.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NeedlesTest {

  private static final int BUFFER = 1 << 20;

  private static final byte[] NOISE = new byte[BUFFER + 1000];

  static {
    new Random(42).nextBytes(NOISE);
  }

  private final Needles<String> needles = new Needles<>();

  @Test
  void tellsSequencesApartThatBeginAlike() throws IOException {
    add("password1");
    add("password2");

    assertThat(in("a password2 password1!"))
        .containsExactly(new Found<>(2, "password2"), new Found<>(12, "password1"));
  }

  @Test
  void prefersTheSequenceThatWasAddedFirst() throws IOException {
    add("password1234");
    add("password");

    assertThat(in("a password1234")).containsExactly(new Found<>(2, "password1234"));
    assertThat(in("a password123")).containsExactly(new Found<>(2, "password"));
  }

  @Test
  void tellsNothingTwice() throws IOException {
    add("password1");
    add("word1234");

    assertThat(in("a password1234 word1234"))
        .containsExactly(new Found<>(2, "password1"), new Found<>(15, "word1234"));
  }

  @Test
  void findsASequenceAtBothEnds() throws IOException {
    add("password");

    assertThat(in("password, password")).extracting(Found::offset).containsExactly(0L, 10L);
  }

  @Test
  void findsNothingInLessThanASequence() throws IOException {
    add("password1");

    assertThat(in("password")).isEmpty();
    assertThat(in("pass")).isEmpty();
    assertThat(in("")).isEmpty();
  }

  @Test
  void keepsTheFirstMeaningOfASequence() throws IOException {
    needles.add("password".getBytes(ISO_8859_1), "first");
    needles.add("password".getBytes(ISO_8859_1), "second");

    assertThat(in("password")).containsExactly(new Found<>(0, "first"));
  }

  @Test
  void refusesASequenceOfSevenBytes() {
    assertThatThrownBy(() -> add("passwor")).isInstanceOf(IllegalArgumentException.class);
  }

  /** The stream is read in pieces of about 1 MiB; a sequence may lie across their border. */
  @Property
  void findsASequenceWhereverItIs(@ForAll @IntRange(min = -40, max = 40) int fromTheBorder)
      throws IOException {
    add("a long sequence across the border 01");
    byte[] text = NOISE.clone();
    byte[] needle = "a long sequence across the border 01".getBytes(ISO_8859_1);
    System.arraycopy(needle, 0, text, BUFFER + fromTheBorder, needle.length);

    add("border 01");
    assertThat(needles.in(new ByteArrayInputStream(text)))
        .extracting(Found::offset)
        .containsExactly((long) BUFFER + fromTheBorder);
  }

  @Test
  void findsEachOfManyThousand() throws IOException {
    List<String> all = IntStream.range(0, 20_000).mapToObj("%06d-needle"::formatted).toList();
    all.forEach(this::add);

    assertThat(in(String.join("", all))).extracting(Found::meaning).isEqualTo(all);
  }

  private void add(String sequence) {
    needles.add(sequence.getBytes(ISO_8859_1), sequence);
  }

  private List<Found<String>> in(String text) throws IOException {
    return needles.in(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
  }
}
