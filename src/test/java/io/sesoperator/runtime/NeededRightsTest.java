package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Grant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeededRightsTest {

  @Test
  void areThoseThatTheChartGrants() throws Exception {
    assertThat(needed(Map.of(), Grant.OWN))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ChartRights.all());
  }

  @Test
  void areThoseThatTheChartGrantsInTheWatchedNamespaces() throws Exception {
    assertThat(needed(Map.of(Setting.WATCH_NAMESPACES, "shop,blog"), Grant.OWN))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ChartRights.in(Set.of("shop", "blog")));
  }

  @Test
  void endAtTheWatchedNamespaces() throws Exception {
    assertThat(needed(Map.of(Setting.WATCH_NAMESPACES, "shop,blog"), "mail"))
        .extracting(Grant::toString)
        .containsExactly(
            "list smtpcredentials of ses-operator.io in namespace blog",
            "watch smtpcredentials of ses-operator.io in namespace blog",
            "patch smtpcredentials of ses-operator.io in namespace blog",
            "list smtpcredentials of ses-operator.io in namespace shop",
            "watch smtpcredentials of ses-operator.io in namespace shop",
            "patch smtpcredentials of ses-operator.io in namespace shop",
            "patch smtpcredentials/status of ses-operator.io in namespace blog",
            "patch smtpcredentials/status of ses-operator.io in namespace shop",
            "list sesaccounts of ses-operator.io in the whole cluster",
            "watch sesaccounts of ses-operator.io in the whole cluster",
            "patch sesaccounts/status of ses-operator.io in the whole cluster",
            "get secrets in namespace blog",
            "list secrets in namespace blog",
            "watch secrets in namespace blog",
            "get secrets in namespace mail",
            "list secrets in namespace mail",
            "watch secrets in namespace mail",
            "get secrets in namespace shop",
            "list secrets in namespace shop",
            "watch secrets in namespace shop",
            "list namespaces in the whole cluster",
            "watch namespaces in the whole cluster",
            "create events of events.k8s.io in namespace blog",
            "patch events of events.k8s.io in namespace blog",
            "create events of events.k8s.io in namespace shop",
            "patch events of events.k8s.io in namespace shop",
            "create secrets in namespace mail",
            "create leases of coordination.k8s.io in namespace mail",
            "get leases of coordination.k8s.io named ses-operator in namespace mail",
            "update leases of coordination.k8s.io named ses-operator in namespace mail",
            "patch leases of coordination.k8s.io named ses-operator in namespace mail");
  }

  @Test
  void concernTheLeaseThatIsSet() throws Exception {
    assertThat(needed(Map.of(Setting.LEASE_NAME, "blue"), "mail"))
        .filteredOn(grant -> grant.resource().equals("leases"))
        .extracting(Grant::toString)
        .containsExactly(
            "create leases of coordination.k8s.io in namespace mail",
            "get leases of coordination.k8s.io named blue in namespace mail",
            "update leases of coordination.k8s.io named blue in namespace mail",
            "patch leases of coordination.k8s.io named blue in namespace mail");
  }

  @Test
  void concernNoLeaseWithoutLeaderElection() throws Exception {
    assertThat(needed(Map.of(Setting.LEADER_ELECTION, "false"), "mail"))
        .extracting(Grant::resource)
        .isNotEmpty()
        .doesNotContain("leases");
  }

  /** The needed rights, as they would be granted. */
  static List<Grant> needed(Map<Setting, String> settings, String own) throws InvalidSettings {
    return NeededRights.of(SettingsReader.read(settings, Map.of()), own).stream()
        .map(right ->
            new Grant(
                right.group(), right.resource(), right.verb(), right.namespace(), right.name()))
        .toList();
  }
}
