package io.sesoperator.controller;

import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.sesoperator.api.SmtpCredential;
import java.util.Objects;

/**
 * Lets through the updates of a credential that somebody else made: of its spec, by re-creation, or
 * of a status that lost its memory. Our own status writes stay out.
 *
 * <p>JOSDK's own filter compares generations only and so misses a resource that was deleted and
 * made anew while the watch was down.
 */
final class SpecOrHandChange implements OnUpdateFilter<SmtpCredential> {

  @Override
  public boolean accept(SmtpCredential now, SmtpCredential before) {
    return !now.getMetadata().getUid().equals(before.getMetadata().getUid())
        || !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || forgot(now, before);
  }

  private static boolean forgot(SmtpCredential now, SmtpCredential before) {
    boolean conditions =
        now.statusOrNone().conditions().isEmpty() && !before.statusOrNone().conditions().isEmpty();
    boolean applied =
        now.statusOrNone().applied().isEmpty() && before.statusOrNone().applied().isPresent();
    return conditions || applied;
  }
}
