package io.sesoperator.kube;

import io.sesoperator.api.SmtpCredential;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides which of several resources manages an address: the oldest, then the one with the smaller
 * UID.
 */
public final class AddressOwners {

  private static final Comparator<SmtpCredential> BY_AGE =
      Comparator.comparing(AddressOwners::created)
          .thenComparing(credential -> credential.getMetadata().getUid());

  private final Function<String, List<SmtpCredential>> claims;

  /**
   * Looks claims up in an index.
   *
   * @param claims all resources with the same {@link #claim}
   */
  public AddressOwners(Function<String, List<SmtpCredential>> claims) {
    this.claims = claims;
  }

  /** The index value of a resource: the account and the address that it claims. */
  public static String claim(SmtpCredential credential) {
    return credential.getSpec().accountRef().name() + "\n" + credential.getSpec().emailAddress();
  }

  /**
   * The resource that manages the address instead of {@code credential}; only those that are {@code
   * admitted} may claim an address at all. One that is to be deleted leaves it to any other.
   */
  public Optional<SmtpCredential> olderClaim(
      SmtpCredential credential, Predicate<SmtpCredential> admitted) {
    return claims.apply(claim(credential)).stream()
        .filter(other -> !other.isMarkedForDeletion())
        .filter(other -> !isSame(other, credential))
        .filter(other -> credential.isMarkedForDeletion() || BY_AGE.compare(other, credential) < 0)
        .filter(admitted)
        .min(BY_AGE);
  }

  private static boolean isSame(SmtpCredential one, SmtpCredential other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private static Instant created(SmtpCredential credential) {
    return Optional.ofNullable(credential.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .orElse(Instant.EPOCH);
  }
}
