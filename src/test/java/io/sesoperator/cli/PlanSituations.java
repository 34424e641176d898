package io.sesoperator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.api.Reason;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.World;

/** One credential for each thing that a plan can tell, left behind by an operator that stopped. */
final class PlanSituations {

  private static final String NO_LOGIN = "verification: Disabled";

  private final World world;

  private PlanSituations(World world) {
    this.world = world;
  }

  static void makeIn(World world) throws Exception {
    world.startOperatorAgain();
    world.withAccount().sesAccount().await(Reason.AVAILABLE);
    new PlanSituations(world).make();
  }

  private void make() {
    applied("unchanged");
    Mailbox changed = applied("changed");
    world.stopOperator();

    changed.withPassword(Canary.password());
    changed.awaitLaterSecond();
    changed.rival(world.tenant(), "conflict").withPassword(Canary.password()).withCredential();
    fresh("fresh");
    fresh("paused", "suspend: true");
    fresh("planned", "mode: Plan");
    world.mailbox("missing").withCredential();
    world.mailbox("invalid").withSecret("password", "short".getBytes(UTF_8)).withCredential();
    world.mailbox("foreign", "boss@corp.example.com").withCredential();
  }

  private Mailbox applied(String name) {
    String password = Canary.password();
    Mailbox mailbox = world.mailbox(name).withPassword(password).withCredential(NO_LOGIN);
    mailbox.awaitApplied(password);
    return mailbox;
  }

  private void fresh(String name, String... lines) {
    world.mailbox(name).withPassword(Canary.password()).withCredential(lines);
  }
}
