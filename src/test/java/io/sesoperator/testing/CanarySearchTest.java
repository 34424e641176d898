package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sesoperator.testing.CanarySearch.Hit;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanarySearchTest {

  private static final String SECRET = "aB3\"dE&f\\G7<+/hK";
  private static final String WITH_62_AND_63 = ">>>???Aa11Bb22";

  @TempDir private Path target;

  /** Written by Python's json, urllib, base64 and hashlib, not by the code under test. */
  static Stream<Arguments> leaks() {
    return Stream.of(
        leak("as it is", CanaryForm.RAW, "x" + SECRET + "y"),
        leak("in JSON", CanaryForm.JSON, "{\"password\":\"aB3\\\"dE&f\\\\G7<+/hK\"}"),
        leak(
            "in Unicode escapes",
            CanaryForm.UNICODE_ESCAPES,
            "\\u0061\\u0042\\u0033\\u0022\\u0064\\u0045\\u0026\\u0066"
                + "\\u005c\\u0047\\u0037\\u003c\\u002b\\u002f\\u0068\\u004b"),
        leak("in XML", CanaryForm.XML, "<a>aB3&quot;dE&amp;f\\G7&lt;+/hK</a>"),
        leak("in a URL", CanaryForm.URL, "?p=aB3%22dE%26f%5CG7%3C%2B%2FhK&q"),
        leak("in a URL in lower case", CanaryForm.URL, "?p=aB3%22dE%26f%5cG7%3c%2b%2fhK&q"),
        leak(
            "with each byte escaped",
            CanaryForm.PERCENT,
            "%61%42%33%22%64%45%26%66%5C%47%37%3C%2B%2F%68%4B"),
        leak("in base64", CanaryForm.BASE64, "YUIzImRFJmZcRzc8Ky9oSw=="),
        leak("in base64 behind 1 byte", CanaryForm.BASE64, "dWFCMyJkRSZmXEc3PCsvaEs6ZW5k"),
        leak("in base64 behind 2 bytes", CanaryForm.BASE64, "dTphQjMiZEUmZlxHNzwrL2hLOmVuZA=="),
        leak("in base64 behind 3 bytes", CanaryForm.BASE64, "dXM6YUIzImRFJmZcRzc8Ky9oSzplbmQ="),
        leak("in base64 behind 4 bytes", CanaryForm.BASE64, "dXNyOmFCMyJkRSZmXEc3PCsvaEs6ZW5k"),
        leak("in hex", CanaryForm.HEX, "61423322644526665c47373c2b2f684b"),
        leak("in hex in upper case", CanaryForm.HEX, "61423322644526665C47373C2B2F684B"),
        leak("in a dump", CanaryForm.HEX_DUMP, "|61 42 33 22 64 45 26 66 5c 47 37 3c 2b 2f 68 4b|"),
        leak(
            "as Arrays.toString",
            CanaryForm.DECIMAL,
            "[97, 66, 51, 34, 100, 69, 38, 102, 92, 71, 55, 60, 43, 47, 104, 75]"),
        leak(
            "as a JSON array",
            CanaryForm.DECIMAL,
            "[97,66,51,34,100,69,38,102,92,71,55,60,43,47,104,75]"),
        leak("backwards", CanaryForm.REVERSED, "Kh/+<7G\\f&Ed\"3Ba"));
  }

  static Stream<Arguments> hashes() {
    return Stream.of(
        leak("MD5", CanaryForm.HASH, "4daf53f420b271cf1f209703dcdcb21a"),
        leak("SHA-1", CanaryForm.HASH, "5880dc0f9f3350fae0baa2e379c7104b2e060347"),
        leak(
            "SHA-256",
            CanaryForm.HASH,
            "c1252d3fa31b22e409e7a38855b018130e9753dd02916a7bf12c10eaa347b242"),
        leak("SHA-256, cut", CanaryForm.HASH, "c1252d3fa31b22e409e7"),
        leak("SHA-256 in upper case", CanaryForm.HASH, "C1252D3FA31B22E409E7A38855B01813"),
        leak("SHA-256 in base64", CanaryForm.HASH, "wSUtP6MbIuQJ56OIVbAYEw6XU90CkWp78SwQ6qNHskI="),
        leak(
            "SHA-512", CanaryForm.HASH, "69666a9da162940875535b3bbbdfbe2629893ad36ae27ce985f82ed5"),
        leak(
            "SHA-256 of echo's output",
            CanaryForm.HASH,
            "6013e42d837b8ad6f5c7395f261c80a87911a790838714a32bd9d1d27089a1fa"));
  }

  private static Arguments leak(String name, CanaryForm form, String text) {
    return argumentSet(name, form, text);
  }

  @ParameterizedTest
  @MethodSource({"leaks", "hashes"})
  void findsASecret(CanaryForm form, String text) throws IOException {
    write("test-logs/a.log", "before " + text + " behind");

    assertThat(search(SECRET, false)).extracting(Hit::form).containsOnly(form).isNotEmpty();
  }

  @Test
  void findsASecretInTheBase64OfUrls() throws IOException {
    write("test-logs/a.log", "Pj4-Pz8_QWExMUJiMjI");

    assertThat(search(WITH_62_AND_63, false))
        .extracting(Hit::form)
        .containsExactly(CanaryForm.BASE64_URL);
  }

  @ParameterizedTest
  @MethodSource("utf16")
  void findsASecretInUtf16(Charset charset) throws IOException {
    Files.write(target.resolve("a.log"), ("before " + SECRET + " behind").getBytes(charset));

    assertThat(search(SECRET, false)).extracting(Hit::form).contains(CanaryForm.UTF_16);
  }

  static Stream<Charset> utf16() {
    return Stream.of(UTF_16BE, UTF_16LE);
  }

  @Test
  void findsTheEndsOfARandomSecret() throws IOException {
    write("test-logs/a.log", "aB3\"dE&f...");
    write("test-logs/b.log", "...\\G7<+/hK");

    assertThat(search(SECRET, true))
        .extracting(Hit::form)
        .containsExactly(CanaryForm.BEGINNING, CanaryForm.END);
  }

  /** As -Djavax.net.debug shows what TLS carries. */
  @Test
  void findsARandomSecretThatADumpTearsApart() throws IOException {
    write("test-logs/a.log", "  0010: 70 3d  p=aB3\"dE&f\\G7<\n  0020: 2b 2f  +/hK");
    write("test-logs/b.log", "  0010: 70 3d  ...YUIzImRFJmZcR\n  0020: 2b 2f  zc8Ky9oSw==");
    write("test-logs/c.log", "  0010: 70 3d  ...........YUI\n  0020: 2b 2f  zImRFJmZcRzc8Ky9");

    assertThat(search(SECRET, true))
        .extracting(hit -> hit.file().getFileName().toString(), Hit::form)
        .containsExactly(
            tuple("a.log", CanaryForm.BEGINNING),
            tuple("b.log", CanaryForm.PART),
            tuple("c.log", CanaryForm.PART));
  }

  @Test
  void takesTheEndsOfAChosenSecretForEverydayWords() throws IOException {
    write("test-logs/a.log", "aB3\"dE&f... ...\\G7<+/hK");

    assertThat(search(SECRET, false)).isEmpty();
  }

  @Test
  void findsBytesThatAreNoText() throws IOException {
    byte[] key = HexFormat.of().parseHex("00ff80c3287fe2821ff09f00ffab10cd");
    write("test-logs/a.log", "AP+Awyh/4oIf8J8A/6sQzQ==");
    write(
        "test-logs/b.log",
        "[0, -1, -128, -61, 40, 127, -30, -126, 31, -16, -97, 0, -1, -85, 16, -51]");

    assertThat(search(new CanaryNote(key, false, "a key")))
        .extracting(Hit::form)
        .containsExactly(CanaryForm.BASE64, CanaryForm.DECIMAL);
  }

  @Test
  void findsNothingWhereNothingIs() throws IOException {
    write("test-logs/a.log", "aB3\"dE&f\\G7<+/h");

    assertThat(search(SECRET, false)).isEmpty();
  }

  @Test
  void tellsTheFileThePlaceAndTheOriginButNotTheSecret() throws IOException {
    write("outputs/world/calls.json", "12345" + SECRET);

    List<Hit> hits = search(SECRET, false);

    assertThat(hits)
        .containsExactly(
            new Hit(Path.of("outputs/world/calls.json"), 5, CanaryForm.RAW, "the test"));
    assertThat(hits.toString()).doesNotContain(SECRET.substring(0, 4));
  }

  @Test
  void readsEverythingButWhatTheBuildMakesAndTheNotes() throws IOException {
    write("operators/one/log", SECRET);
    write("jqwik-database", SECRET);
    write("kube-apiserver-1/audit.log", SECRET);
    for (String other :
        List.of(
            "canaries/1.txt",
            "classes/A.class",
            "test-classes/B.class",
            "lib/c.txt",
            "kube-apiserver-1/etcd/member/db",
            "ses-operator.jar")) {
      write(other, SECRET);
    }

    assertThat(search(SECRET, false))
        .extracting(Hit::file)
        .containsExactly(
            Path.of("jqwik-database"),
            Path.of("kube-apiserver-1/audit.log"),
            Path.of("operators/one/log"));
  }

  private List<Hit> search(String secret, boolean random) throws IOException {
    return search(new CanaryNote(secret.getBytes(UTF_8), random, "the test"));
  }

  private List<Hit> search(CanaryNote note) throws IOException {
    return new CanarySearch(List.of(note)).through(target).hits();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(target.resolve(file).getParent());
    Files.writeString(target.resolve(file), text);
  }
}
