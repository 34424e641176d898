package io.sesoperator.runtime;

import io.sesoperator.password.PasswordRule;
import io.sesoperator.runtime.Settings.Authorities;
import io.sesoperator.runtime.Settings.Lease;
import io.sesoperator.runtime.Settings.Log;
import io.sesoperator.tencent.CredentialChain;
import io.sesoperator.tencent.EndpointRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from flags and environment, where a flag wins, and finds everything that is wrong
 * with them at once.
 */
public final class SettingsReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,3})-(\\d{1,3})");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final Map<Setting, String> flags;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Map<Setting, String> flags, Map<String, String> environment) {
    this.flags = flags;
    this.environment = environment;
  }

  /**
   * The settings that these flags and this environment ask for.
   *
   * @throws InvalidSettings naming each value that cannot be used
   */
  public static Settings read(Map<Setting, String> flags, Map<String, String> environment)
      throws InvalidSettings {
    SettingsReader reader = new SettingsReader(flags, environment);
    Settings settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new InvalidSettings(reader.problems);
    }
    return settings;
  }

  private Settings settings() {
    boolean insecureAllowed = bool(Setting.ALLOW_INSECURE_ENDPOINTS);
    return new Settings(
        given(Setting.NAMESPACE).map(text -> checked(Setting.NAMESPACE, text, NAME)),
        given(Setting.WATCH_NAMESPACES).map(this::names).orElse(Set.of()),
        Optional.of(lease()).filter(_ -> bool(Setting.LEADER_ELECTION)),
        number(Setting.MANAGEMENT_PORT, 0, 65535),
        insecureAllowed,
        credentialEndpoints(new EndpointRule(insecureAllowed)),
        given(Setting.SMTP_CA_FILE).flatMap(this::authorities).map(Authorities::new),
        passwordRule(),
        bool(Setting.RESOURCE_METRICS),
        new Log(
            oneOf(Setting.LOG_LEVEL, "TRACE", "DEBUG", "INFO", "WARN", "ERROR"),
            oneOf(Setting.LOG_FORMAT, "json", "text")));
  }

  private Lease lease() {
    Lease lease =
        new Lease(
            checked(Setting.LEASE_NAME, value(Setting.LEASE_NAME), NAME),
            duration(Setting.LEASE_DURATION),
            duration(Setting.LEASE_RENEW_DEADLINE),
            duration(Setting.LEASE_RETRY_PERIOD));
    if (lease.renewDeadline().compareTo(lease.duration()) >= 0) {
      problem(Setting.LEASE_RENEW_DEADLINE, "must be less than " + Setting.LEASE_DURATION.flag());
    }
    if (lease.retryPeriod().compareTo(lease.renewDeadline()) >= 0) {
      problem(
          Setting.LEASE_RETRY_PERIOD, "must be less than " + Setting.LEASE_RENEW_DEADLINE.flag());
    }
    return lease;
  }

  private CredentialChain.Endpoints credentialEndpoints(EndpointRule rule) {
    URI sts =
        endpoint(
            Setting.STS_ENDPOINT,
            rule,
            "must be an https URL, for http needs --allow-insecure-endpoints");
    // The metadata service has no https; it is on the machine itself.
    URI metadata =
        endpoint(Setting.METADATA_ENDPOINT, new EndpointRule(true), "must be an http or https URL");
    return new CredentialChain.Endpoints(
        sts, Optional.of(metadata).filter(_ -> bool(Setting.CVM_ROLE)));
  }

  private Optional<String> authorities(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException | InvalidPathException _) {
      problem(Setting.SMTP_CA_FILE, "must be a file that can be read");
      return Optional.empty();
    }
  }

  private URI endpoint(Setting setting, EndpointRule rule, String problem) {
    return parsed(
        setting, problem, text -> rule.accept(text).orElse(null), URI.create(setting.standard()));
  }

  private PasswordRule passwordRule() {
    int distinct = number(Setting.PASSWORD_DISTINCT, 0, 10);
    Matcher range = RANGE.matcher(value(Setting.PASSWORD_LENGTH));
    if (range.matches()) {
      int least = Integer.parseInt(range.group(1));
      int most = Integer.parseInt(range.group(2));
      if (least <= most) {
        return new PasswordRule(least, most, distinct);
      }
    }
    problem(Setting.PASSWORD_LENGTH, "must be a range such as 10-20");
    return PasswordRule.standard();
  }

  private Set<String> names(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> checked(Setting.WATCH_NAMESPACES, name, NAME))
        .collect(Collectors.toUnmodifiableSet());
  }

  private String checked(Setting setting, String text, Pattern pattern) {
    if (!pattern.matcher(text).matches()) {
      problem(setting, "must be a DNS label");
    }
    return text;
  }

  private String oneOf(Setting setting, String... allowed) {
    String text = value(setting);
    if (!List.of(allowed).contains(text)) {
      problem(setting, "must be one of " + String.join(", ", allowed));
    }
    return text;
  }

  private boolean bool(Setting setting) {
    return oneOf(setting, "true", "false").equals("true");
  }

  private int number(Setting setting, int least, int most) {
    return parsed(
        setting,
        "must be a number from " + least + " to " + most,
        text -> {
          int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
          return number >= least && number <= most ? number : null;
        },
        least);
  }

  private Duration duration(Setting setting) {
    return parsed(
        setting,
        "must be a duration such as 15s, 500ms or 2m",
        SettingsReader::duration,
        Duration.ZERO);
  }

  /** A duration as it is written in a setting. */
  public static Optional<Duration> durationOf(String text) {
    return Optional.ofNullable(duration(text));
  }

  private static @Nullable Duration duration(String text) {
    Matcher match = DURATION.matcher(text);
    if (!match.matches()) {
      return null;
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private <T> T parsed(
      Setting setting, String rule, Function<String, @Nullable T> parser, T otherwise) {
    T value = parser.apply(value(setting));
    if (value == null) {
      problem(setting, rule);
      return otherwise;
    }
    return value;
  }

  private String value(Setting setting) {
    return given(setting).orElse(setting.standard());
  }

  private Optional<String> given(Setting setting) {
    return Optional.ofNullable(flags.getOrDefault(setting, environment.get(setting.variable())))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private void problem(Setting setting, String rule) {
    problems.add(setting.flag() + " (" + setting.variable() + ") " + rule);
  }
}
