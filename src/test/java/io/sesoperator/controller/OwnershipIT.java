package io.sesoperator.controller;

import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.CONFLICT;
import static io.sesoperator.api.Reason.NOT_ALLOWED;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two resources claim one address: the older manages it. */
@ExtendWith(RealApiServerExtension.class)
class OwnershipIT {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();

  private final World world;

  OwnershipIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void leavesTheAddressToTheOlderUntilThatIsDeleted() {
    Mailbox older = world.mailbox("older").withPassword(PASSWORD).withCredential();
    older.awaitApplied(PASSWORD);
    older.awaitLaterSecond();
    Mailbox younger = older.rival(world.tenant(), "younger").withPassword(OTHER).withCredential();

    assertThatStatus(younger.await(CONFLICT))
        .isStalled(CONFLICT)
        .says(older.address() + " is managed by an older SmtpCredential, older. Delete one");
    assertThat(older.calls()).hasSize(1);

    older.credential().delete();

    assertThatStatus(younger.awaitApplied(OTHER)).isApplied();
    assertThat(younger.calls()).hasSize(2);
  }

  @Test
  void letsNoResourceBlockAnAddressThatItMayNotManageAndNamesNoneOfAnotherNamespace() {
    Mailbox foreign =
        world.mailbox("foreign").of(world.neighbour()).withPassword(OTHER).withCredential();
    foreign.await(NOT_ALLOWED);
    foreign.awaitLaterSecond();
    Mailbox ours = foreign.rival(world.tenant(), "ours").withPassword(PASSWORD).withCredential();
    ours.awaitApplied(PASSWORD);

    world
        .sesAccount()
        .patch(
            "spec: {allowedConsumers: [{namespaces: [%s, %s], addresses: ['*']}]}"
                .formatted(world.tenant(), world.neighbour()));

    foreign.awaitApplied(OTHER);
    assertThatStatus(ours.await(CONFLICT))
        .isStalled(CONFLICT)
        .says("managed by an older SmtpCredential, in another namespace.");
    assertThat(ours.status().condition(Condition.READY).orElseThrow().message())
        .doesNotContain("foreign.", ", foreign", world.neighbour());
    assertThat(ours.calls()).hasSize(2);
  }

  @Test
  void takesTheSmallerUidWhereBothAreOfOneSecond() {
    Mailbox one = world.mailbox("one").withPassword(PASSWORD);
    Mailbox two = one.rival(world.tenant(), "two").withPassword(PASSWORD);

    one.awaitLaterSecond();
    one.withCredential();
    two.withCredential();

    Mailbox first = isBefore(one, two) ? one : two;
    Mailbox second = first == one ? two : one;
    first.awaitApplied(PASSWORD);
    assertThatStatus(second.await(CONFLICT)).isStalled(CONFLICT).says(", " + first.name() + ".");
  }

  private static boolean isBefore(Mailbox one, Mailbox two) {
    var mine = one.credential().get().getMetadata();
    var other = two.credential().get().getMetadata();
    int byAge = mine.getCreationTimestamp().compareTo(other.getCreationTimestamp());
    return byAge == 0 ? mine.getUid().compareTo(other.getUid()) < 0 : byAge < 0;
  }
}
