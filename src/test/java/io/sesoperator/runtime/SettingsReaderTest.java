package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.password.PasswordRule;
import io.sesoperator.tencent.CredentialChain.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  @Test
  void takesTheStandardsWhenNothingIsGiven() throws InvalidSettings {
    Settings settings = SettingsReader.read(Map.of(), Map.of());

    assertThat(settings.namespace()).isEmpty();
    assertThat(settings.watchNamespaces()).isEmpty();
    assertThat(settings.leaderElection())
        .contains(
            new Settings.Lease(
                "ses-operator",
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2)));
    assertThat(settings.managementPort()).isEqualTo(8080);
    assertThat(settings.allowInsecureEndpoints()).isFalse();
    assertThat(settings.credentialEndpoints())
        .isEqualTo(new Endpoints(URI.create("https://sts.tencentcloudapi.com"), Optional.empty()));
    assertThat(settings.passwordRule()).isEqualTo(PasswordRule.standard());
    assertThat(settings.log()).isEqualTo(new Settings.Log("INFO", "json"));
  }

  @Test
  void prefersAFlagToTheEnvironment() throws InvalidSettings {
    Settings settings =
        SettingsReader.read(
            Map.of(Setting.MANAGEMENT_PORT, "9090"),
            Map.of("SES_OPERATOR_MANAGEMENT_PORT", "7070", "SES_OPERATOR_NAMESPACE", "system"));

    assertThat(settings.managementPort()).isEqualTo(9090);
    assertThat(settings.namespace()).contains("system");
  }

  @Test
  void readsAListOfNamespaces() throws InvalidSettings {
    Settings settings =
        SettingsReader.read(Map.of(Setting.WATCH_NAMESPACES, "shop, billing,,"), Map.of());

    assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("shop", "billing");
  }

  @Test
  void takesAnEmptyVariableForAbsent() throws InvalidSettings {
    Settings settings = SettingsReader.read(Map.of(), Map.of("SES_OPERATOR_NAMESPACE", " "));

    assertThat(settings.namespace()).isEmpty();
  }

  @Test
  void namesTheMetadataServiceOnlyIfItMayBeAsked() throws InvalidSettings {
    assertThat(
            SettingsReader.read(
                    Map.of(
                        Setting.CVM_ROLE,
                        "true",
                        Setting.STS_ENDPOINT,
                        "https://sts.intl.tencentcloudapi.com"),
                    Map.of())
                .credentialEndpoints())
        .isEqualTo(
            new Endpoints(
                URI.create("https://sts.intl.tencentcloudapi.com"),
                Optional.of(URI.create("http://metadata.tencentyun.com"))));
    assertThat(
            SettingsReader.read(Map.of(Setting.METADATA_ENDPOINT, "http://10.0.0.1"), Map.of())
                .credentialEndpoints()
                .metadata())
        .isEmpty();
  }

  @Test
  void takesPlainHttpForStsOnlyIfItIsAllowed() throws InvalidSettings {
    Map<Setting, String> flags =
        Map.of(
            Setting.STS_ENDPOINT,
            "http://sts.example.com",
            Setting.ALLOW_INSECURE_ENDPOINTS,
            "true");

    assertThat(SettingsReader.read(flags, Map.of()).credentialEndpoints().sts())
        .isEqualTo(URI.create("http://sts.example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "NAMESPACE, Not_A_Label, must be a DNS label",
    "WATCH_NAMESPACES, 'shop,UPPER', must be a DNS label",
    "LEADER_ELECTION, yes, 'must be one of true, false'",
    "LEASE_DURATION, 15, must be a duration",
    "LEASE_DURATION, 5s, --lease-renew-deadline",
    "LEASE_RETRY_PERIOD, 11s, --lease-retry-period",
    "MANAGEMENT_PORT, 65536, must be a number from 0 to 65535",
    "MANAGEMENT_PORT, -1, must be a number from 0 to 65535",
    "STS_ENDPOINT, http://sts.example.com, must be an https URL",
    "STS_ENDPOINT, sts.example.com, must be an https URL",
    "CVM_ROLE, yes, 'must be one of true, false'",
    "METADATA_ENDPOINT, metadata, must be an http or https URL",
    "PASSWORD_LENGTH, 20-10, must be a range",
    "PASSWORD_DISTINCT, 11, must be a number from 0 to 10",
    "LOG_LEVEL, LOUD, must be one of",
    "LOG_FORMAT, xml, 'must be one of json, text'",
  })
  void refusesAValueThatCannotBeUsedAndNamesTheRule(Setting setting, String value, String rule) {
    assertThatThrownBy(() -> SettingsReader.read(Map.of(setting, value), Map.of()))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(rule);
  }

  @Test
  void tellsAllProblemsAtOnceWithFlagAndVariable() {
    assertThatThrownBy(() ->
            SettingsReader.read(
                Map.of(Setting.LOG_LEVEL, "LOUD", Setting.MANAGEMENT_PORT, "x"), Map.of()))
        .hasMessageContaining("--log-level (SES_OPERATOR_LOG_LEVEL)")
        .hasMessageContaining("--management-port (SES_OPERATOR_MANAGEMENT_PORT)");
  }
}
