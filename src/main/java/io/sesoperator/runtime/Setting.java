package io.sesoperator.runtime;

import java.util.Locale;

/**
 * One option of {@code ses-operator run}: a flag, and an environment variable that stands in for
 * it.
 */
public enum Setting {
  NAMESPACE(
      "The operator's own namespace: credentials of accounts, digest key and lease live there.",
      "that of the Pod or kubeconfig, else default"),
  WATCH_NAMESPACES(
      "Namespaces whose resources and Secrets are managed, separated by commas.", "all"),
  LEADER_ELECTION("Whether only one of several replicas acts: true or false.", "true"),
  LEASE_NAME("Name of the Lease that the replicas share.", "ses-operator"),
  LEASE_DURATION("How long a silent leader stays leader, such as 15s.", "15s"),
  LEASE_RENEW_DEADLINE(
      "How long a leader tries to renew before it gives up, less than the duration.", "10s"),
  LEASE_RETRY_PERIOD("How often a replica tries to become leader.", "2s"),
  MANAGEMENT_PORT("Port of /livez, /readyz and /metrics; 0 for any free one.", "8080"),
  ALLOW_INSECURE_ENDPOINTS(
      "Whether the endpoint of a SesAccount or of STS may be http beyond loopback: true or false.",
      "false"),
  STS_ENDPOINT(
      "Where a workload identity is exchanged for temporary credentials.",
      "https://sts.tencentcloudapi.com"),
  CVM_ROLE(
      "Whether the metadata service may be asked for credentials of the CVM's role: true or false.",
      "false"),
  METADATA_ENDPOINT("The metadata service of the CVM.", "http://metadata.tencentyun.com"),
  SMTP_CA_FILE(
      "A file with further certificate authorities, as PEM, that SMTP servers may have theirs from.",
      ""),
  PASSWORD_LENGTH(
      "How many characters a password may have, as the local rule sees it; SES has the last word.",
      "10-20"),
  PASSWORD_DISTINCT(
      "How many different digits, lower-case and upper-case letters a password needs, each.", "2"),
  RESOURCE_METRICS(
      "Whether each resource has a metric of its own that says whether it is ready: true or false.",
      "true"),
  LOG_LEVEL("TRACE, DEBUG, INFO, WARN or ERROR.", "INFO"),
  LOG_FORMAT("json or text.", "json");

  private final String description;
  private final String standard;

  Setting(String description, String standard) {
    this.description = description;
    this.standard = standard;
  }

  /** The flag, such as {@code --lease-name}. */
  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The environment variable, such as {@code SES_OPERATOR_LEASE_NAME}. */
  public String variable() {
    return "SES_OPERATOR_" + name();
  }

  public String description() {
    return description;
  }

  /**
   * What holds if neither is given; for {@link #NAMESPACE} and {@link #WATCH_NAMESPACES} in words.
   */
  public String standard() {
    return standard;
  }
}
