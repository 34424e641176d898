package io.sesoperator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the account is, who may use it and how fast.
 *
 * @param region decides the API host and the SMTP host
 * @param endpoint URL of the API instead of the region's
 * @param smtp SMTP server instead of the region's
 * @param requestsPerSecond budget for writes, 1 to 20
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SesAccountSpec(
    String region,
    Optional<String> endpoint,
    Optional<Smtp> smtp,
    Optional<Credentials> credentials,
    Integer requestsPerSecond,
    List<Consumer> allowedConsumers) {

  /** The spec of an object that has none: no region, nobody allowed. */
  static final SesAccountSpec NONE =
      new SesAccountSpec("", Optional.empty(), Optional.empty(), Optional.empty(), 15, List.of());

  public SesAccountSpec {
    region = Defaults.text(region, "");
    endpoint = Defaults.value(endpoint, Optional.empty());
    smtp = Defaults.value(smtp, Optional.empty());
    credentials = Defaults.value(credentials, Optional.empty());
    requestsPerSecond = Defaults.value(requestsPerSecond, 15);
    allowedConsumers = Defaults.list(allowedConsumers);
  }

  /**
   * The SMTP server that logins are proved at; {@code security} is {@code TLS} or {@code STARTTLS}.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Smtp(Optional<String> host, Optional<Integer> port, Optional<String> security) {
    public Smtp {
      host = Defaults.value(host, Optional.empty());
      port = Defaults.value(port, Optional.empty());
      security = Defaults.value(security, Optional.empty());
    }
  }

  /** Where the account's API keys come from; without a Secret, from the operator's environment. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Credentials(Optional<SecretRef> secretRef) {
    public Credentials {
      secretRef = Defaults.value(secretRef, Optional.empty());
    }
  }

  /**
   * Names a Secret in the operator's own namespace with {@code secretId}, {@code secretKey} and
   * optionally {@code token}.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SecretRef(String name) {
    public SecretRef {
      name = Defaults.text(name, "");
    }
  }

  /** Namespaces, by name or by label, and the globs of the addresses they may manage. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Consumer(
      List<String> namespaces, Optional<Selector> namespaceSelector, List<String> addresses) {
    public Consumer {
      namespaces = Defaults.list(namespaces);
      namespaceSelector = Defaults.value(namespaceSelector, Optional.empty());
      addresses = Defaults.list(addresses);
    }
  }

  /**
   * A label selector as in {@code metav1.LabelSelector}; without any requirement it selects
   * everything. Read as a whole or not at all, since a requirement less selects more.
   */
  @JsonIgnoreProperties(ignoreUnknown = false)
  public record Selector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {
    public Selector {
      matchLabels = Defaults.value(matchLabels, Map.of());
      matchExpressions = Defaults.list(matchExpressions);
    }
  }

  /**
   * One requirement of a selector: {@code In}, {@code NotIn}, {@code Exists} or {@code
   * DoesNotExist}.
   */
  @JsonIgnoreProperties(ignoreUnknown = false)
  public record Requirement(String key, String operator, List<String> values) {
    public Requirement {
      key = Defaults.text(key, "");
      operator = Defaults.text(operator, "");
      values = Defaults.list(values);
    }
  }
}
