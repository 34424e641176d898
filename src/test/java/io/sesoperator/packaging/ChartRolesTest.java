package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Grant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The roles that the chart renders. That their rules are those which the operator uses, is the
 * matter of NeededRightsTest and RbacIT.
 */
class ChartRolesTest {

  private static final String NAMESPACED = "watchNamespaces: [shop, blog]";

  @Test
  void areThoseOfTheWholeClusterWhereAllNamespacesAreWatched() {
    assertThat(granted("{}")).containsExactlyInAnyOrderElementsOf(expected(ChartRights.all()));
  }

  @Test
  void areThoseOfTheWatchedNamespacesWhereTheyAreNamed() {
    assertThat(granted(NAMESPACED))
        .containsExactlyInAnyOrderElementsOf(expected(ChartRights.in(Set.of("shop", "blog"))));
  }

  @Test
  void letNobodyReadTheSecretsOfOtherNamespaces() {
    assertThat(Chart.all(ClusterRole.class, NAMESPACED))
        .flatExtracting(ClusterRole::getRules)
        .flatExtracting(PolicyRule::getResources)
        .contains("sesaccounts")
        .doesNotContain("secrets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", NAMESPACED, "serviceAccount: {name: mine}"})
  void areBoundToTheServiceAccountAlone(String values) {
    String account = Chart.only(ServiceAccount.class, values).getMetadata().getName();

    assertThat(
            Stream.concat(
                Chart.all(ClusterRoleBinding.class, values).stream()
                    .flatMap(binding -> binding.getSubjects().stream()),
                Chart.all(RoleBinding.class, values).stream()
                    .flatMap(binding -> binding.getSubjects().stream())))
        .isNotEmpty()
        .extracting(Subject::getKind, Subject::getNamespace, Subject::getName)
        .containsOnly(tuple("ServiceAccount", "ops", account));
  }

  @Test
  void nameTheLeaseThatIsSet() {
    assertThat(granted("leaderElection: {leaseName: blue}"))
        .contains("get leases of coordination.k8s.io named blue in namespace ops")
        .noneMatch(grant -> grant.contains("named ses-operator"));
  }

  @Test
  void neverLetATenantWriteStatus() {
    assertThat(Chart.all(ClusterRole.class, "{}"))
        .filteredOn(role -> role.getMetadata().getName().matches(".*-(viewer|editor)"))
        .hasSize(2)
        .flatExtracting(ClusterRole::getRules)
        .allSatisfy(rule -> {
          assertThat(rule.getApiGroups()).containsExactly("ses-operator.io");
          assertThat(rule.getResources()).containsExactly("smtpcredentials");
        });
  }

  @Test
  void belongToTheUsualRolesUnlessThatIsNotWanted() {
    assertThat(aggregated("{}"))
        .containsExactlyInAnyOrder("aggregate-to-view", "aggregate-to-edit", "aggregate-to-admin");
    assertThat(aggregated("rbac: {aggregateRoles: false}")).isEmpty();
  }

  private static Set<String> aggregated(String values) {
    return Chart.all(ClusterRole.class, values).stream()
        .flatMap(role -> role.getMetadata().getLabels().keySet().stream())
        .filter(label -> label.startsWith("rbac.authorization.k8s.io/"))
        .map(label -> label.replaceFirst(".*/", ""))
        .collect(Collectors.toSet());
  }

  /** All that the operator's roles allow. */
  private static List<String> granted(String values) {
    return Chart.objects(values).stream()
        .flatMap(ChartRolesTest::grants)
        .map(Grant::toString)
        .toList();
  }

  private static Stream<Grant> grants(HasMetadata object) {
    return switch (object) {
      case ClusterRole role when !role.getMetadata().getName().matches(".*-(viewer|editor)") ->
          Grant.inCluster(role.getRules());
      case Role role -> Grant.in(role.getMetadata().getNamespace(), role.getRules());
      default -> Stream.empty();
    };
  }

  private static List<String> expected(List<Grant> grants) {
    return grants.stream().map(grant -> grant.inOwn(Chart.NAMESPACE)).map(Grant::toString).toList();
  }
}
