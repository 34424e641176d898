package io.sesoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredential;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentVersionsTest {

  private Duration passed = Duration.ZERO;
  private final RecentVersions versions = new RecentVersions(() -> passed.toNanos());

  @Test
  void tellsACacheThatIsBehindAWrite() {
    versions.note(credential("uid-1", "99"));

    assertThat(versions.hasNewer(credential("uid-1", "98"))).isTrue();
    assertThat(versions.hasNewer(credential("uid-1", "99"))).isFalse();
    assertThat(versions.hasNewer(credential("uid-1", "100"))).isFalse();
    assertThat(versions.hasNewer(credential("uid-2", "1"))).isFalse();
  }

  @Test
  void comparesNumbersAndNotTexts() {
    versions.note(credential("uid-1", "100"));
    assertThat(versions.hasNewer(credential("uid-1", "99"))).isTrue();
  }

  @Test
  void keepsTheNewestHoweverLateTheOlderComes() {
    versions.note(credential("uid-1", "99"));
    versions.note(credential("uid-1", "50"));
    assertThat(versions.hasNewer(credential("uid-1", "98"))).isTrue();
  }

  @Test
  void isNotBelievedForLong() {
    versions.note(credential("uid-1", "99"));
    passed = Duration.ofMinutes(1);
    assertThat(versions.hasNewer(credential("uid-1", "5"))).isFalse();

    versions.note(credential("uid-2", "1"));
    versions.note(credential("uid-1", "6"));
    assertThat(versions.hasNewer(credential("uid-1", "5"))).isTrue();
  }

  @Test
  void knowsNothingOfVersionsThatAreNoNumbers() {
    versions.note(credential("uid-1", "newest"));
    assertThat(versions.hasNewer(credential("uid-1", "5"))).isFalse();

    versions.note(credential("uid-2", "99"));
    assertThat(versions.hasNewer(credential("uid-2", "old"))).isFalse();
  }

  private static SmtpCredential credential(String uid, String version) {
    SmtpCredential credential = new SmtpCredential();
    credential.getMetadata().setUid(uid);
    credential.getMetadata().setResourceVersion(version);
    return credential;
  }
}
