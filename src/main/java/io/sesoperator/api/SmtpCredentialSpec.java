package io.sesoperator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a user asks for. Absent fields take the defaults of the CRD, also where no API server has
 * filled them in; a field of the wrong shape counts as absent.
 *
 * @param emailAddress the sender address at SES; empty when absent
 * @param interval time between drift checks, as a Go duration such as {@code 1h}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SmtpCredentialSpec(
    String emailAddress,
    AccountRef accountRef,
    SecretKeyRef passwordSecretRef,
    String trailingNewline,
    String verification,
    String driftPolicy,
    String interval,
    String mode,
    String deletionPolicy,
    boolean suspend) {

  /** The spec of an object that has none. */
  static final SmtpCredentialSpec NONE =
      new SmtpCredentialSpec(
          "",
          AccountRef.DEFAULT,
          SecretKeyRef.NONE,
          "Reject",
          "Report",
          "Report",
          "1h",
          "Apply",
          "Retain",
          false);

  public SmtpCredentialSpec {
    emailAddress = Defaults.text(emailAddress, "");
    accountRef = Defaults.value(accountRef, AccountRef.DEFAULT);
    passwordSecretRef = Defaults.value(passwordSecretRef, SecretKeyRef.NONE);
    trailingNewline = Defaults.text(trailingNewline, "Reject");
    verification = Defaults.text(verification, "Report");
    driftPolicy = Defaults.text(driftPolicy, "Report");
    interval = Defaults.text(interval, "1h");
    mode = Defaults.text(mode, "Apply");
    deletionPolicy = Defaults.text(deletionPolicy, "Retain");
  }

  /** Names a {@link SesAccount}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record AccountRef(String name) {
    static final AccountRef DEFAULT = new AccountRef("default");

    public AccountRef {
      name = Defaults.text(name, "default");
    }
  }

  /**
   * Names one entry of a Secret in the resource's own namespace; there is no namespace field, so
   * there is nothing to check.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SecretKeyRef(String name, String key) {
    static final SecretKeyRef NONE = new SecretKeyRef("", "password");

    public SecretKeyRef {
      name = Defaults.text(name, "");
      key = Defaults.text(key, "password");
    }
  }

  /** Whether a password that ends in a newline is used without it, instead of being refused. */
  public boolean trimsTrailingNewline() {
    return trailingNewline.equals("Trim");
  }

  /** Whether status only tells what would be done. */
  public boolean plansOnly() {
    return mode.equals("Plan");
  }

  /** Whether an accepted password is proved by a login. */
  public boolean verifies() {
    return !verification.equals("Disabled");
  }

  /** Whether the resource is ready only with that proof. */
  public boolean requiresProof() {
    return verification.equals("Required");
  }

  /** Whether it does not matter that SES loses the value. */
  public boolean ignoresDrift() {
    return driftPolicy.equals("Ignore");
  }

  /** Whether a value that SES has lost is pushed again. */
  public boolean enforces() {
    return driftPolicy.equals("Enforce");
  }

  /** Whether the password is made worthless when the resource is deleted. */
  public boolean revokesOnDeletion() {
    return deletionPolicy.equals("Revoke");
  }
}
