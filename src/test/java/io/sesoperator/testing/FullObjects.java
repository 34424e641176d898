package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.Condition;
import io.sesoperator.api.LastCall;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.api.SmtpCredentialStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object of each kind with every field set, to a value that the CRD allows and no default. */
public final class FullObjects {

  private static final Instant TIME = Instant.parse("2026-11-23T10:15:30Z");
  private static final String DIGEST = "k1:0123456789abcdef0123456789abcdef";
  private static final String REQUEST_ID = "3c140219-cfe9-470e-b241-907877d6fb03";

  private FullObjects() {}

  public static List<HasMetadata> both() {
    return List.of(credential(), account());
  }

  public static SmtpCredential credential() {
    SmtpCredential credential = new SmtpCredential();
    credential.setMetadata(
        new ObjectMetaBuilder().withName("noreply").withNamespace("shop").build());
    credential.setSpec(
        new SmtpCredentialSpec(
            "noreply@mail.example.com",
            new SmtpCredentialSpec.AccountRef("marketing"),
            new SmtpCredentialSpec.SecretKeyRef("smtp", "smtp-password"),
            "Trim",
            "Required",
            "Enforce",
            "2h30m",
            "Plan",
            "Revoke",
            true));
    credential.setStatus(credentialStatus());
    return credential;
  }

  private static SmtpCredentialStatus credentialStatus() {
    return new SmtpCredentialStatus(
        3L,
        conditions(),
        Optional.of(
            new SmtpCredentialStatus.Applied(DIGEST, TIME, Optional.of(REQUEST_ID), "Changed", 7)),
        Optional.of(new SmtpCredentialStatus.Pending(DIGEST, TIME, 2)),
        Optional.of(new SmtpCredentialStatus.Unsettled(TIME)),
        Optional.of(lastCall()),
        4,
        Optional.of(TIME),
        Optional.of("QuotaWait"),
        Optional.of(
            new SmtpCredentialStatus.Rejected(
                DIGEST, "InvalidParameterValue.InvalidSmtpPassWord", "PasswordRejected", 3)),
        Optional.of(new SmtpCredentialStatus.Sender(true, Optional.of(true), Optional.of(TIME))),
        Optional.of(new SmtpCredentialStatus.Verified(7, TIME, "smtp.qcloudmail.com")),
        Optional.of(new SmtpCredentialStatus.PlanVerdict("Change", "ChangePlanned")),
        Optional.of("2026-11-23T10:15:30.123456Z"),
        Optional.of("2026-11-23T10:15:31.123456Z"));
  }

  public static SesAccount account() {
    SesAccount account = new SesAccount();
    account.setMetadata(new ObjectMetaBuilder().withName("marketing").build());
    account.setSpec(
        new SesAccountSpec(
            "ap-guangzhou",
            Optional.of("https://ses.example.com:8443"),
            Optional.of(
                new SesAccountSpec.Smtp(
                    Optional.of("smtp.example.com"), Optional.of(587), Optional.of("STARTTLS"))),
            Optional.of(
                new SesAccountSpec.Credentials(
                    Optional.of(new SesAccountSpec.SecretRef("tencent-keys")))),
            7,
            List.of(
                new SesAccountSpec.Consumer(
                    List.of("shop"),
                    Optional.of(selector()),
                    List.of("*@mail.example.com", "*")))));
    account.setStatus(
        new SesAccountStatus(
            3L,
            conditions(),
            Optional.of(12),
            Optional.of(TIME),
            Optional.of(lastCall()),
            Optional.of(-301L)));
    return account;
  }

  private static SesAccountSpec.Selector selector() {
    return new SesAccountSpec.Selector(
        Map.of("example.com/team", "shop"),
        List.of(new SesAccountSpec.Requirement("stage", "In", List.of("test", "live"))));
  }

  private static List<Condition> conditions() {
    return List.of(
        new Condition(
            "Ready", "False", 3, TIME, "PasswordRejected", "SES refused the password. Change it."),
        new Condition("Stalled", "True", 3, TIME, "PasswordRejected", "Change the Secret."));
  }

  private static LastCall lastCall() {
    return new LastCall(
        "UpdateEmailSmtpPassWord", Optional.of(REQUEST_ID), Optional.of("InternalError"), TIME);
  }
}
