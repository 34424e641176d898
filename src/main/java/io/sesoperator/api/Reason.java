package io.sesoperator.api;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a condition is as it is: the one vocabulary of conditions and events. Each constant tells who
 * must act and what the message says; on the wire it is written in CamelCase ({@code
 * SECRET_NOT_FOUND} as {@code SecretNotFound}).
 *
 * <p>A message may name {@code {address}}, {@code {account}}, {@code {secret}}, {@code {key}},
 * {@code {rules}}, {@code {owner}}, {@code {trouble}} (the account's) and {@code {call}} (error
 * code and RequestId). It never holds text of the provider, which can carry anything.
 */
public enum Reason {
  APPLIED(
      Kind.SUCCESS, Actor.NOBODY, "SES holds the password that is in Secret {secret}, key {key}."),
  AVAILABLE(Kind.SUCCESS, Actor.NOBODY, "SES accepts the account's credentials."),
  SENDERS_UNKNOWN(
      Kind.SUCCESS,
      Actor.PLATFORM,
      "The account is used, but its senders are not checked{call}: allow ses:ListEmailAddress in CAM."),
  SUSPENDED(
      Kind.SUCCESS,
      Actor.TENANT,
      "spec.suspend is true: nothing is done, the conditions stay as they were."),

  REVOKED(
      Kind.PROGRESS,
      Actor.NOBODY,
      "The resource is being deleted: SES has a random password for {address} now that nobody knows."),
  REVOKING(
      Kind.PROGRESS,
      Actor.NOBODY,
      "The resource is being deleted, and the password of {address} is being revoked."),
  DELETING(
      Kind.PROGRESS, Actor.NOBODY, "The resource is being deleted, and nothing is done any more."),
  RETAINED(Kind.SUCCESS, Actor.NOBODY, "SES keeps the password that it has for {address}."),

  PROGRESSING(
      Kind.PROGRESS,
      Actor.NOBODY,
      "The password of {address} is about to be set for the first time."),
  APPLYING(
      Kind.PROGRESS,
      Actor.NOBODY,
      "The password in Secret {secret} changed and is being set at SES."),
  QUOTA_WAIT(
      Kind.PROGRESS, Actor.NOBODY, "Waiting for a free request slot of SesAccount {account}."),
  CHANGE_LIMIT(
      Kind.PROGRESS,
      Actor.TENANT,
      "The password changes more often than one resource may; the latest value is set at nextAttemptTime. Change Secret {secret} less often."),
  CHANGE_PLANNED(
      Kind.PROGRESS,
      Actor.TENANT,
      "spec.mode is Plan: the password in Secret {secret} would be set at SES. Set spec.mode to Apply to do it."),

  CORRECTING_DRIFT(
      Kind.PROGRESS,
      Actor.NOBODY,
      "SES lost the password of {address}, and the one in Secret {secret} is being set again."),
  DRIFT_CORRECTED(
      Kind.SUCCESS,
      Actor.TENANT,
      "SES held another password for {address} than the one that it had accepted, and has the one in Secret {secret} again. Find out who else sets it."),
  SENDER_MISSING(
      Kind.FAILURE,
      Actor.PLATFORM,
      "SES does not list the sender {address} any more, though it accepted its password. Create and verify it in the console."),
  SENDER_RECREATED(
      Kind.FAILURE,
      Actor.TENANT,
      "The sender {address} was created anew after its password was accepted, so that password is gone. Set spec.driftPolicy to Enforce, or the annotation reconcile.fluxcd.io/forceAt."),
  PASSWORD_UNSET(
      Kind.FAILURE,
      Actor.TENANT,
      "SES says that {address} has no SMTP password any more. Set spec.driftPolicy to Enforce, or the annotation reconcile.fluxcd.io/forceAt."),
  CONTENDED(
      Kind.FAILURE,
      Actor.PLATFORM,
      "The password of {address} was lost at SES and set again several times within an hour. Find out who else changes this sender; it is corrected again within the next hour."),

  LOGGED_IN(
      Kind.SUCCESS,
      Actor.NOBODY,
      "A login by SMTP proved the password in Secret {secret}, key {key}."),
  VERIFYING(
      Kind.FAILURE,
      Actor.NOBODY,
      "SES accepted the password in Secret {secret}; a login shows whether it works already, which takes SES up to five minutes."),
  LOGIN_REFUSED(
      Kind.FAILURE,
      Actor.TENANT,
      "SES accepted the password in Secret {secret}, key {key}, but refuses a login with it. Somebody may have changed it at SES: set the annotation reconcile.fluxcd.io/forceAt, or spec.driftPolicy to Enforce."),
  SMTP_UNREACHABLE(
      Kind.FAILURE,
      Actor.PLATFORM,
      "SES accepted the password in Secret {secret}, but no login can be tried: the SMTP server of SesAccount {account} is not reached, not trusted or busy. Let the operator reach it, or set spec.verification to Disabled."),

  SECRET_NOT_FOUND(
      Kind.FAILURE,
      Actor.TENANT,
      "Secret {secret} does not exist. Create it, or correct spec.passwordSecretRef.name."),
  SECRET_KEY_NOT_FOUND(
      Kind.FAILURE,
      Actor.TENANT,
      "Secret {secret} has no key {key}. Add it, or correct spec.passwordSecretRef.key."),
  INVALID_PASSWORD(
      Kind.FAILURE,
      Actor.TENANT,
      "The password in Secret {secret}, key {key}, breaks SES's rule: {rules}. Change the Secret."),
  PASSWORD_REJECTED(
      Kind.FAILURE,
      Actor.TENANT,
      "SES refused the password in Secret {secret}, key {key}{call}. Change the Secret."),
  CONFLICT(
      Kind.FAILURE,
      Actor.TENANT,
      "{address} is managed by an older SmtpCredential{owner}. Delete one of the two."),
  INVALID_SPEC(
      Kind.FAILURE,
      Actor.TENANT,
      "The spec has no usable emailAddress or passwordSecretRef.name. Correct the resource."),
  REVOKE_FAILED(
      Kind.FAILURE,
      Actor.PLATFORM,
      "The resource was deleted, but the password of {address} was not revoked{call}: it still works. Set another one in the console."),

  ACCOUNT_NOT_FOUND(
      Kind.FAILURE,
      Actor.PLATFORM,
      "SesAccount {account} does not exist. Create it, or use another spec.accountRef.name."),
  ACCOUNT_NOT_READY(
      Kind.FAILURE,
      Actor.PLATFORM,
      "SesAccount {account} is not ready{trouble}; its own status says why."),
  NOT_ALLOWED(
      Kind.FAILURE,
      Actor.PLATFORM,
      "SesAccount {account} does not allow this namespace to manage {address}. Ask for an entry in its allowedConsumers."),
  SENDER_NOT_FOUND(
      Kind.FAILURE,
      Actor.PLATFORM,
      "SES has no usable sender {address} in the region of SesAccount {account}{call}. Create and verify it in the console."),
  CREDENTIALS_NOT_FOUND(
      Kind.FAILURE,
      Actor.PLATFORM,
      "No credentials{call}: create the Secret that spec.credentials.secretRef names, with secretId and secretKey, in the operator's namespace, or give the operator credentials of its own: a workload identity, TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or the role of its CVM."),
  CREDENTIALS_INVALID(
      Kind.FAILURE,
      Actor.PLATFORM,
      "Tencent Cloud does not accept the credentials of SesAccount {account}{call}. Correct the key, or the role and whom it trusts."),
  NOT_AUTHORIZED(
      Kind.FAILURE,
      Actor.PLATFORM,
      "The credentials of SesAccount {account} lack a permission{call}. Allow ses:UpdateEmailSmtpPassWord and ses:ListEmailAddress in CAM."),
  CLOCK_SKEW(
      Kind.FAILURE,
      Actor.PLATFORM,
      "The operator's clock is more than five minutes off SES's{call}. Correct the clock of its node."),
  ACCOUNT_IN_ARREARS(
      Kind.FAILURE,
      Actor.PLATFORM,
      "The Tencent Cloud account of SesAccount {account} is in arrears{call}. Settle the bill."),
  ENDPOINT_NOT_ALLOWED(
      Kind.FAILURE,
      Actor.PLATFORM,
      "The endpoint or region of SesAccount {account} cannot be used: an http endpoint must be on loopback unless the operator runs with --allow-insecure-endpoints, and the region must be known."),

  CREDENTIALS_UNAVAILABLE(
      Kind.FAILURE,
      Actor.NOBODY,
      "No temporary credentials can be had for SesAccount {account} at the moment{call}. It is tried again at nextAttemptTime."),
  THROTTLED(
      Kind.FAILURE,
      Actor.NOBODY,
      "SES limits the request rate of the account{call}. It is tried again at nextAttemptTime."),
  SES_UNAVAILABLE(
      Kind.FAILURE,
      Actor.NOBODY,
      "SES did not give a usable answer{call}. The same value is sent again at nextAttemptTime, or as soon as SES answers others."),
  REQUEST_REJECTED(
      Kind.FAILURE,
      Actor.DEVELOPERS,
      "SES refused the request itself{call}. Report it to the developers of ses-operator."),
  UNKNOWN_ERROR(
      Kind.FAILURE,
      Actor.DEVELOPERS,
      "SES answered with an error that this version does not know{call}. It is tried again at nextAttemptTime; report it to the developers of ses-operator.");

  /** What Ready says while the reason lasts: True, Unknown, False. */
  public enum Kind {
    SUCCESS,
    PROGRESS,
    FAILURE
  }

  /** Who must act. */
  public enum Actor {
    NOBODY,
    TENANT,
    PLATFORM,
    DEVELOPERS
  }

  private final Kind kind;
  private final Actor actor;
  private final String text;

  Reason(Kind kind, Actor actor, String text) {
    this.kind = kind;
    this.actor = actor;
    this.text = text;
  }

  public Kind kind() {
    return kind;
  }

  public Actor actor() {
    return actor;
  }

  /** The message, with its placeholders. */
  public String text() {
    return text;
  }

  /** The reason as conditions and events carry it. */
  public String wire() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }

  /**
   * The constant that is written like this; a newer or older version may have written one that this
   * version does not know.
   */
  public static Optional<Reason> fromWire(String wire) {
    return Arrays.stream(values()).filter(reason -> reason.wire().equals(wire)).findFirst();
  }
}
