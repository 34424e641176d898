package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JDK reads what is written here. */
class CertificateAuthorityTest {

  private final CertificateAuthority authority = CertificateAuthority.create();

  @Test
  void vouchesForItself() throws Exception {
    X509Certificate certificate = authority.certificate();

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=SES simulator CA");
    assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(certificate.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
    assertThat(certificate.getNotAfter()).isEqualTo("2049-12-31T23:59:59Z");
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(certificate);
  }

  @Test
  void vouchesForAServerAndItsNames() throws Exception {
    CertificateAuthority.Identity server =
        authority.issue(
            List.of("smtp.x.test", "127.0.0.1", "::1"), Instant.parse("2001-01-01T00:00:00Z"));
    X509Certificate certificate = server.certificate();

    certificate.verify(authority.certificate().getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getKeyUsage()).startsWith(true, false);
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .isEqualTo("[[2, smtp.x.test], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1]]");
    assertThatThrownBy(certificate::checkValidity).isInstanceOf(CertificateException.class);
  }

  @Test
  void isAnotherOneEachTime() {
    assertThat(CertificateAuthority.create().pem()).isNotEqualTo(authority.pem());
  }

  @Test
  void writesLengthsAndNumbersAsTheStandardWantsThem() {
    assertThat(hex(Der.oid("1.2.840.10045.4.3.2"))).isEqualTo("06082a8648ce3d040302");
    assertThat(hex(Der.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
    assertThat(hex(Der.octets(new byte[127]))).startsWith("047f00");
    assertThat(hex(Der.octets(new byte[128]))).startsWith("04818000");
    assertThat(hex(Der.octets(new byte[300]))).startsWith("0482012c00");
    assertThat(hex(Der.time(Instant.parse("2049-12-31T23:59:59Z"))))
        .isEqualTo("170d" + hex("491231235959Z".getBytes(StandardCharsets.US_ASCII)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
