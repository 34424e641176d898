package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sesoperator.api.Condition;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.runtime.Setting;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code run --once}, each time a process of its own. */
@ExtendWith(RealApiServerExtension.class)
class RunOnceIT {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final World world;
  private final Map<Setting, String> settings;

  RunOnceIT(RealApiServer server) {
    world = World.withoutOperator(server);
    settings = OperatorProcess.atTrace(world.settings());
  }

  @AfterEach
  void end() {
    world.close();
  }

  private record Result(int exitCode, List<String> said) {}

  private Result run(Duration limit) {
    try (OperatorProcess once = OperatorProcess.once(world.config(), settings, limit)) {
      int exitCode = once.awaitExit();
      return new Result(exitCode, said(once));
    }
  }

  /** All but the log. */
  private static List<String> said(OperatorProcess once) {
    return once.output().lines().filter(line -> !line.startsWith("{")).toList();
  }

  @Test
  void endsWhenAllIsAppliedAndDoesNothingTheNextTime() {
    String first = Canary.password();
    String second = Canary.password();
    world.withAccount();
    Mailbox one = world.mailbox("one").withPassword(first).withCredential();
    Mailbox other = world.mailbox("other").withPassword(second).withCredential();

    Result applied = run(LONG);
    one.awaitApplied(first);
    other.awaitApplied(second);
    Result idle = run(LONG);

    assertThat(applied.exitCode).isZero();
    assertThat(applied.said).containsExactly("ses-operator run: 2 SmtpCredentials settled");
    assertThat(idle).isEqualTo(applied);
    assertThat(world.ses().calls().writes()).isEqualTo(2);
  }

  @Test
  void worksInTheNamespaceDefaultWhereTheKubeconfigNamesNone() {
    settings.remove(Setting.NAMESPACE);
    Resource<Secret> key =
        world.client().secrets().inNamespace("default").withName("ses-operator-digest-key");

    Result run = run(LONG);

    assertThat(run)
        .isEqualTo(new Result(0, List.of("ses-operator run: there is no SmtpCredential")));
    assertThat(key.get()).isNotNull();
    key.delete();
  }

  @Test
  void seesWhatChangedWhileNobodyLooked() {
    String second = Canary.password();
    world.withAccount();
    Mailbox mailbox = world.mailbox("noreply").withPassword(Canary.password()).withCredential();
    assertThat(run(LONG).exitCode).isZero();

    mailbox.withPassword(second);
    Result run = run(LONG);

    assertThat(run.exitCode).isZero();
    mailbox.awaitApplied(second);
    assertThat(world.ses().calls().writes()).isEqualTo(2);
  }

  @Test
  void waitsForTheProofThatIsRequired() {
    world.withAccount();
    Mailbox mailbox =
        world
            .mailbox("required")
            .withPassword(Canary.password())
            .withCredential("verification: Required");

    Result run = run(LONG);

    assertThat(run.exitCode).isZero();
    assertThat(mailbox.status().condition(Condition.VERIFIED)).get().matches(Condition::holds);
  }

  @Test
  void namesWhatIsBrokenAndWhoMustAct() {
    String password = Canary.password();
    world.withAccount();
    Mailbox sound = world.mailbox("sound").withPassword(password).withCredential();
    world.mailbox("broken").withPassword(Canary.password() + "\n").withCredential();

    Result run = run(LONG);

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.said).hasSize(3);
    assertThat(run.said.get(0)).matches("NAMESPACE +NAME +REASON +WHO ACTS +MESSAGE");
    assertThat(run.said.get(1))
        .matches(world.tenant() + " +broken +InvalidPassword +tenant +.*Secret broken.*");
    assertThat(run.said.get(2)).isEqualTo("ses-operator run: 1 of 2 SmtpCredentials not ready");
    sound.awaitApplied(password);
  }

  @Test
  void givesUpWhenSesIsAway() {
    world.withAccount();
    world.mailbox("noreply").withPassword(Canary.password()).withCredential();
    world.ses().faults().down();

    Result run = run(Duration.ofSeconds(5));

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.said).hasSize(4);
    assertThat(run.said.get(1)).startsWith(world.tenant()).contains("noreply");
    assertThat(run.said.get(2)).contains("1 of 1 SmtpCredential still under way");
  }

  @Test
  void leavesAloneWhatIsSuspendedOrOnlyPlanned() {
    world.withAccount();
    world.mailbox("asleep").withPassword(Canary.password()).withCredential("suspend: true");
    Mailbox planned =
        world.mailbox("planned").withPassword(Canary.password()).withCredential("mode: Plan");

    assertThat(run(LONG).exitCode).isZero();

    assertThat(planned.status().plan().map(SmtpCredentialStatus.PlanVerdict::verdict))
        .contains("Change");
    assertThat(world.ses().calls().writes()).isZero();
  }

  @Test
  void isDoneAtOnceWhereThereIsNothing() {
    Result run = run(LONG);

    assertThat(run.exitCode).isZero();
    assertThat(run.said).containsExactly("ses-operator run: there is no SmtpCredential");
  }

  @Test
  void givesTheLeaseBack() {
    settings.put(Setting.LEADER_ELECTION, "true");
    String password = Canary.password();
    world.withAccount();
    Mailbox mailbox = world.mailbox("noreply").withPassword(password).withCredential();

    assertThat(run(LONG).exitCode).isZero();

    mailbox.awaitApplied(password);
    assertThat(holder()).contains("");
  }

  @Test
  void doesNothingBesideALeader() {
    settings.put(Setting.LEADER_ELECTION, "true");
    settings.put(Setting.LEASE_DURATION, "3s");
    settings.put(Setting.LEASE_RENEW_DEADLINE, "2s");
    settings.put(Setting.LEASE_RETRY_PERIOD, "500ms");
    try (OperatorProcess leader = OperatorProcess.start(world.config(), settings)) {
      Awaitility.await()
          .until(() -> holder().filter(it -> it.startsWith(leader.name())).isPresent());

      Result run = run(LONG);

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.said)
          .singleElement()
          .asString()
          .contains("another replica leads", "nothing was done");
      assertThat(leader.isReady()).isTrue();
    }
  }

  private Optional<String> holder() {
    Lease lease =
        world.client().leases().inNamespace(world.system()).withName("ses-operator").get();
    return Optional.ofNullable(lease).map(found -> found.getSpec().getHolderIdentity());
  }
}
