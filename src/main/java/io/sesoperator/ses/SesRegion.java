package io.sesoperator.ses;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where SES can be reached. Singapore belongs to the international site and has an API host of its
 * own (https://www.tencentcloud.com/document/product/1084/52677), the others to the mainland site
 * (https://cloud.tencent.com/document/api/1288/84274); SMTP hosts from
 * https://www.tencentcloud.com/document/product/1084/44457.
 */
public enum SesRegion {
  SINGAPORE("ap-singapore", "ses.intl.tencentcloudapi.com", "sg-smtp.qcloudmail.com"),
  GUANGZHOU("ap-guangzhou", "ses.tencentcloudapi.com", "gz-smtp.qcloudmail.com"),
  HONG_KONG("ap-hongkong", "ses.tencentcloudapi.com", "smtp.qcloudmail.com");

  private final String id;
  private final String apiHost;
  private final String smtpHost;

  SesRegion(String id, String apiHost, String smtpHost) {
    this.id = id;
    this.apiHost = apiHost;
    this.smtpHost = smtpHost;
  }

  /** The region with this {@link #id}. */
  public static Optional<SesRegion> of(String id) {
    return Arrays.stream(values()).filter(region -> region.id.equals(id)).findFirst();
  }

  /** The name that Tencent and {@code spec.region} use, such as {@code ap-singapore}. */
  public String id() {
    return id;
  }

  /** The API, unless an account names another. */
  public URI endpoint() {
    return URI.create("https://" + apiHost);
  }

  public String smtpHost() {
    return smtpHost;
  }
}
