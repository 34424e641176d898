package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Right;
import io.sesoperator.plan.Observation;
import java.util.List;
import java.util.Optional;

/**
 * A credential and all that belongs to it, as somebody with some rights sees it.
 *
 * @param account absent if there is none, or it was not seen
 * @param possible every case that what was seen leaves open, at least one
 * @param hidden the rights that were missing to see more
 * @param digestKeySeen whether values could be told apart from those that SES holds
 */
public record Sighting(
    SmtpCredential credential,
    Optional<SesAccount> account,
    List<Observation> possible,
    List<Right> hidden,
    boolean digestKeySeen) {

  public Sighting {
    possible = List.copyOf(possible);
    hidden = List.copyOf(hidden);
  }
}
