package io.sesoperator.ses;

/**
 * The reading half of SES. Who is handed only this cannot change anything there, which is how a
 * plan is known to change nothing.
 */
public interface SenderDirectory {

  /** Asks SES for all senders of the account: one call, {@code ListEmailAddress}. */
  SenderListing list();
}
