package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesRegionTest {

  @ParameterizedTest
  @CsvSource({
    "ap-singapore, https://ses.intl.tencentcloudapi.com, sg-smtp.qcloudmail.com",
    "ap-guangzhou, https://ses.tencentcloudapi.com, gz-smtp.qcloudmail.com",
    "ap-hongkong, https://ses.tencentcloudapi.com, smtp.qcloudmail.com",
  })
  void knowsWhereEachRegionIs(String id, URI endpoint, String smtpHost) {
    SesRegion region = SesRegion.of(id).orElseThrow();

    assertThat(region.id()).isEqualTo(id);
    assertThat(region.endpoint()).isEqualTo(endpoint);
    assertThat(region.smtpHost()).isEqualTo(smtpHost);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ap-beijing", "AP-SINGAPORE", "SINGAPORE"})
  void knowsNoOther(String id) {
    assertThat(SesRegion.of(id)).isEmpty();
  }

  @Test
  void knowsThreeRegions() {
    assertThat(SesRegion.values()).hasSize(3);
  }
}
