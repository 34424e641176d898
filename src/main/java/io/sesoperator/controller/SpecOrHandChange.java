package io.sesoperator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Lets through the updates of a resource that somebody else made: of its spec, by re-creation, or
 * of a status that lost its memory. Our own status writes stay out.
 *
 * <p>JOSDK's own filter compares generations only and so misses a resource that was deleted and
 * made anew while the watch was down.
 *
 * @param memories each a part of status that the operator never takes away itself
 */
record SpecOrHandChange<T extends HasMetadata>(List<Predicate<T>> memories)
    implements OnUpdateFilter<T> {

  static SpecOrHandChange<SmtpCredential> ofCredentials() {
    return new SpecOrHandChange<>(
        List.of(
            credential -> !credential.statusOrNone().conditions().isEmpty(),
            credential -> credential.statusOrNone().applied().isPresent()));
  }

  static SpecOrHandChange<SesAccount> ofAccounts() {
    return new SpecOrHandChange<>(
        List.of(account -> !account.statusOrNone().conditions().isEmpty()));
  }

  @Override
  public boolean accept(T now, T before) {
    return !now.getMetadata().getUid().equals(before.getMetadata().getUid())
        || !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !Annotations.requests(now).equals(Annotations.requests(before))
        || memories.stream().anyMatch(memory -> memory.test(before) && !memory.test(now));
  }
}
