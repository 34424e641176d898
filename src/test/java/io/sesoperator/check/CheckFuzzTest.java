package io.sesoperator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.password.PasswordRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whatever stands in a file that is to be checked. */
class CheckFuzzTest {

  private static final ManifestCheck CHECK = new ManifestCheck("default", false);
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\"'{}\\[\\],:]+");

  @FuzzTarget
  void findsTheLineButNeverQuotesWhatCouldBeAPassword(byte[] content) {
    Report report = CHECK.check(List.of(new ManifestFile("-", content)));

    String text = new String(content, UTF_8);
    int lines = text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1).length;
    List<String> passwords = passwordsIn(text).toList();
    assertThat(report.findings())
        .allSatisfy(finding -> {
          assertThat(finding.line()).isBetween(1, lines + 1);
          assertThat(passwords).noneMatch(finding.toString()::contains);
        });
  }

  /** Words that SES would accept; an address or a pattern of the CRD is shown, and no password. */
  private static Stream<String> passwordsIn(String text) {
    return BETWEEN_WORDS
        .splitAsStream(text)
        .filter(word -> PasswordRule.standard().brokenBy(word.getBytes(UTF_8)).isEmpty())
        .filter(word -> !word.contains("@") && !word.contains("a-zA-Z0-9"));
  }
}
