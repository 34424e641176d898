package io.sesoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.SmtpCredential;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressOwnersTest {

  private final SmtpCredential oldest = credential("a", "2026-01-01T00:00:00Z", "uid-9");
  private final SmtpCredential older = credential("b", "2026-01-02T00:00:00Z", "uid-8");
  private final SmtpCredential younger = credential("c", "2026-01-03T00:00:00Z", "uid-1");
  private final AddressOwners owners = new AddressOwners(_ -> List.of(younger, oldest, older));

  @Test
  void givesAnAddressToTheOldest() {
    assertThat(owners.olderClaim(oldest, _ -> true)).isEmpty();
    assertThat(owners.olderClaim(older, _ -> true)).contains(oldest);
    assertThat(owners.olderClaim(younger, _ -> true)).contains(oldest);
  }

  @Test
  void givesItToTheSmallerUidWhenBothAreOfTheSameSecond() {
    SmtpCredential twin = credential("d", "2026-01-01T00:00:00Z", "uid-0");
    AddressOwners twins = new AddressOwners(_ -> List.of(oldest, twin));

    assertThat(twins.olderClaim(oldest, _ -> true)).contains(twin);
    assertThat(twins.olderClaim(twin, _ -> true)).isEmpty();
  }

  @Test
  void doesNotLetOneBlockTheAddressThatTheAccountDoesNotAdmit() {
    assertThat(owners.olderClaim(younger, other -> other != oldest)).contains(older);
    assertThat(owners.olderClaim(younger, _ -> false)).isEqualTo(Optional.empty());
  }

  @Test
  void passesTheAddressOnWhenTheOwnerIsBeingDeleted() {
    oldest.getMetadata().setDeletionTimestamp("2026-01-04T00:00:00Z");

    assertThat(owners.olderClaim(older, _ -> true)).isEmpty();
  }

  private static SmtpCredential credential(String name, String created, String uid) {
    SmtpCredential credential = new SmtpCredential();
    credential.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName(name)
            .withUid(uid)
            .withCreationTimestamp(created)
            .build());
    return credential;
  }
}
