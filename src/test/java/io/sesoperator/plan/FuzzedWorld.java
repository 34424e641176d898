package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.kube.KubernetesJson;
import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.plan.Evidence.Login;
import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.Deletion;
import io.sesoperator.plan.Observation.Requests;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.ses.SesErrors;
import io.sesoperator.testing.StatusRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a world from JSON as the operator would, and knows what the operator owes it. */
final class FuzzedWorld {

  /**
   * A value has just changed. A step is {@code after} so many seconds, or when the pass before
   * wanted it; {@code answer} to each push is an error code or Changed, Superseded or Deferred, and
   * {@code took} milliseconds; with {@code secret} and {@code generation} somebody changed those.
   */
  static final String SOUND =
      """
      {
        "generation": 1,
        "spec": {
          "emailAddress": "noreply@mail.example.com",
          "passwordSecretRef": {"name": "smtp", "key": "password"}
        },
        "status": {
          "observedGeneration": 1,
          "conditions": [{
            "type": "Ready", "status": "True", "observedGeneration": 1, "reason": "Applied",
            "lastTransitionTime": "2026-03-01T11:00:00Z", "message": "It was applied."}],
          "applied": {
            "digest": "k:a", "time": "2026-03-01T11:00:00Z", "outcome": "Changed", "revision": 1}
        },
        "account": {
          "region": "ap-singapore",
          "allowedConsumers": [{"namespaces": ["shop"], "addresses": ["*@mail.example.com"]}]
        },
        "accountReady": true,
        "labels": {"team": "a"},
        "secret": {"digest": "k:b"},
        "changes": [],
        "steps": [{"answer": "Changed"}]
      }
      """;

  static final JsonNode WELL = JsonNodeFactory.instance.objectNode().put("answer", "Changed");

  private static final List<String> BROKEN = List.of("it must have 10 to 20 characters");
  private static final int LONGEST_STEP = 100_000;
  private static final Set<String> OURS =
      Set.of(
          Condition.READY,
          Condition.RECONCILING,
          Condition.STALLED,
          Condition.DRIFTED,
          Condition.VERIFIED);

  private final KubernetesSerialization json = KubernetesJson.create();

  Observation observe(JsonNode world) {
    SmtpCredential credential =
        read(
            SmtpCredential.class,
            resource("SmtpCredential", world.path("spec"), world.path("status")));
    SmtpCredentialSpec spec = credential.getSpec();
    return new Observation(
        NOW,
        new Subject("shop", "noreply", "uid-1", Math.max(1, world.path("generation").asLong(1))),
        spec,
        credential.statusOrNone(),
        account(world, spec),
        secret(world.path("secret")),
        Optional.ofNullable(world.path("claim").textValue()),
        changes(world.path("changes")),
        deletion(world),
        requests(world),
        evidence(world));
  }

  private static Deletion deletion(JsonNode world) {
    JsonNode ago = world.path("deletedSecondsAgo");
    return new Deletion(
        ago.isMissingNode()
            ? Optional.empty()
            : Optional.of(NOW.minusSeconds(Math.clamp(ago.asInt(), 0, LONGEST_STEP))),
        world.path("held").asBoolean());
  }

  private static Requests requests(JsonNode world) {
    return new Requests(
        Optional.ofNullable(world.path("requestedAt").textValue()),
        Optional.ofNullable(world.path("forceAt").textValue()),
        false);
  }

  private static Evidence evidence(JsonNode world) {
    JsonNode listing = world.path("listing");
    JsonNode login = world.path("login");
    return new Evidence(
        NOW.minusSeconds(Math.clamp(world.path("since").asInt(), 0, LONGEST_STEP)),
        listing.isMissingNode() ? Optional.empty() : Optional.of(listing(listing)),
        login.isMissingNode() ? Optional.empty() : Optional.of(login(login)),
        world.path("loggingIn").asBoolean(),
        world.path("asked").isMissingNode()
            ? Optional.empty()
            : Optional.of(
                NOW.minusSeconds(Math.clamp(world.path("asked").asInt(), 0, LONGEST_STEP))),
        changes(world.path("corrections")));
  }

  private static Login login(JsonNode login) {
    LoginVerdict[] verdicts = LoginVerdict.values();
    LoginVerdict verdict = verdicts[Math.floorMod(login.path("verdict").asInt(), verdicts.length)];
    return new Login(
        NOW.minusSeconds(Math.clamp(login.path("ago").asInt(), 0, LONGEST_STEP)),
        NOW.minusSeconds(Math.clamp(login.path("acceptedAgo").asInt(), 0, LONGEST_STEP)),
        verdict,
        "smtp.example.com",
        refusals(verdict, login),
        NOW.minusSeconds(Math.clamp(login.path("firstAgo").asInt(), 0, LONGEST_STEP)));
  }

  /** As {@link Login#then} counts them. */
  private static int refusals(LoginVerdict verdict, JsonNode login) {
    int told = login.path("refusals").asInt();
    return switch (verdict) {
      case ACCEPTED -> 0;
      case REFUSED -> Math.clamp(told, 1, 100);
      case UNREACHABLE -> Math.clamp(told, 0, 100);
    };
  }

  private static Listing listing(JsonNode listing) {
    Optional<Boolean> passwordSet =
        listing.path("passwordSet").isBoolean()
            ? Optional.of(listing.path("passwordSet").booleanValue())
            : Optional.empty();
    ListedSender sender =
        new ListedSender(passwordSet, changes(listing.path("created")).stream().findFirst());
    return new Listing(
        NOW, listing.path("exists").asBoolean() ? Optional.of(sender) : Optional.empty());
  }

  private AccountFacts account(JsonNode world, SmtpCredentialSpec spec) {
    JsonNode account = world.path("account");
    if (account.isMissingNode()) {
      return new AccountFacts.Missing();
    }
    SesAccount read =
        read(SesAccount.class, resource("SesAccount", account, MissingNode.getInstance()));
    Map<String, String> labels =
        world
            .path("labels")
            .propertyStream()
            .filter(label -> label.getValue().isTextual())
            .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().textValue()));
    return new AccountFacts.Known(
        Admission.admits(read.getSpec(), "shop", labels, spec.emailAddress()), access(world));
  }

  private static Access access(JsonNode world) {
    if (!world.path("accountReady").asBoolean()) {
      return new Access.Refused(Optional.empty());
    }
    return switch (world.path("access").asText()) {
      case "Unanswered" -> new Access.Unanswered();
      case "Trial" -> new Access.Trial();
      default -> new Access.Open();
    };
  }

  private static SecretFacts secret(JsonNode secret) {
    if (!secret.isObject()) {
      return new SecretFacts.Missing();
    }
    if (!secret.path("digest").isTextual()) {
      return new SecretFacts.KeyMissing();
    }
    return new SecretFacts.Found(
        new PasswordFacts(
            secret.path("digest").textValue(),
            secret.path("broken").asBoolean() ? BROKEN : List.of(),
            Optional.empty()));
  }

  private static List<Instant> changes(JsonNode secondsAgo) {
    return secondsAgo
        .valueStream()
        .map(ago -> NOW.minusSeconds(Math.clamp(ago.asLong(), -LONGEST_STEP, LONGEST_STEP)))
        .sorted()
        .toList();
  }

  private static ObjectNode resource(String kind, JsonNode spec, JsonNode status) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "ses-operator.io/v1alpha1").put("kind", kind);
    object.putObject("metadata").put("name", "noreply").put("namespace", "shop");
    if (!spec.isMissingNode()) {
      object.set("spec", spec);
    }
    if (!status.isMissingNode()) {
      object.set("status", status);
    }
    return object;
  }

  private <T> T read(Class<T> type, ObjectNode object) {
    return json.unmarshal(object.toString(), type);
  }

  /** What the next step finds. */
  Observation later(Observation seen, Optional<Instant> wake, JsonNode step) {
    Instant now =
        step.has("after")
            ? seen.now().plusSeconds(Math.clamp(step.path("after").asInt(), 0, LONGEST_STEP))
            : wake.orElse(seen.now());
    Subject subject = seen.subject();
    long generation = Math.max(subject.generation(), step.path("generation").asLong());
    return new Observation(
        now,
        new Subject(subject.namespace(), subject.name(), subject.uid(), generation),
        seen.spec(),
        seen.status(),
        seen.account(),
        step.has("secret") ? secret(step.path("secret")) : seen.secret(),
        seen.olderClaim(),
        seen.recentChanges(),
        seen.deletion(),
        seen.requests(),
        seen.evidence());
  }

  Outcome answer(JsonNode step, Observation seen) {
    String answer = step.path("answer").asText();
    return switch (answer) {
      case "Changed" -> new Outcome.Done(Outcome.Effect.CHANGED, answer(Optional.empty()));
      case "Superseded" -> new Outcome.Superseded();
      case "Deferred" -> new Outcome.Deferred(seen.now().plusSeconds(1));
      default ->
          SesErrors.classify(
              answer(
                  Optional.of(
                      answer.matches("[A-Za-z0-9_.]{1,100}") ? answer : "ClientError.Timeout")));
    };
  }

  private static Answer answer(Optional<String> code) {
    return new Answer("UpdateEmailSmtpPassWord", code, Optional.of("req-1"));
  }

  /** What the turn after {@code done} sees: a change that began counts. */
  Observation noted(Reconciliation done) {
    Observation seen = done.after();
    if (!(done.plan() instanceof Prepare)) {
      return seen;
    }
    return new Observation(
        seen.now(),
        seen.subject(),
        seen.spec(),
        seen.status(),
        seen.account(),
        seen.secret(),
        seen.olderClaim(),
        Stream.concat(seen.recentChanges().stream(), Stream.of(seen.now())).sorted().toList(),
        seen.deletion(),
        seen.requests(),
        seen.evidence());
  }

  /** The same, with another standing of the account. */
  static Observation with(Access access, Observation seen) {
    AccountFacts account =
        switch (seen.account()) {
          case AccountFacts.Missing missing -> missing;
          case AccountFacts.Known known -> new AccountFacts.Known(known.admits(), access);
        };
    return new Observation(
        seen.now(),
        seen.subject(),
        seen.spec(),
        seen.status(),
        account,
        seen.secret(),
        seen.olderClaim(),
        seen.recentChanges(),
        seen.deletion(),
        seen.requests(),
        seen.evidence());
  }

  /** Whether this plan may be carried out at all. */
  void permits(Observation seen, Plan plan) {
    switch (plan) {
      case Prepare(String digest) -> permitsCall(seen, digest);
      case Push(String digest) -> permitsCall(seen, digest);
      case Plan.Correct(String digest) -> {
        demand(seen.spec().enforces(), "Corrects what is only to be reported");
        permitsCall(seen, digest);
      }
      case Plan.Ask(String digest) -> {
        demand(AskSchedule.applies(seen), "Asks where a login tells, or nothing is corrected");
        permitsCall(seen, digest);
      }
      case Plan.Verify(String digest) -> {
        demand(seen.spec().verifies(), "Logs in though it is disabled");
        permitsCall(seen, digest);
      }
      case Plan.LookUp _ -> demand(seen.isLookRequested(), "Looks though nobody asks");
      case Plan.Hold _ -> {
        demand(seen.spec().revokesOnDeletion(), "Holds what is retained");
        demand(!seen.spec().suspend() && !seen.spec().plansOnly(), "Holds though told not to act");
      }
      case Plan.Revoke _ -> {
        demand(seen.deletion().requested().isPresent(), "Revokes what is not deleted");
        demand(seen.spec().revokesOnDeletion(), "Revokes what is retained");
        demand(!seen.spec().suspend() && !seen.spec().plansOnly(), "Revokes though told not to");
        demand(seen.olderClaim().isEmpty(), "Revokes another's password");
        demand(admits(seen), "Revokes without permission");
      }
      case Plan.Release _ -> demand(seen.deletion().held(), "Releases what it does not hold");
      case Plan.End _ -> {}
    }
  }

  private static void permitsCall(Observation seen, String digest) {
    demand(seen.deletion().requested().isEmpty(), "Pushes for what is deleted");
    demand(!seen.spec().suspend(), "Acts while suspended");
    demand(!seen.spec().plansOnly(), "Acts in mode Plan");
    demand(admits(seen), "Acts without permission");
    demand(!seen.isAccess(Access.Refused.class), "Calls for a refused account");
    demand(seen.olderClaim().isEmpty(), "Acts on another's address");
    demand(
        seen.secret() instanceof SecretFacts.Found(PasswordFacts password)
            && password.brokenRules().isEmpty()
            && password.digest().equals(digest),
        "Acts for another value than the Secret's");
  }

  private static boolean admits(Observation seen) {
    return seen.account() instanceof AccountFacts.Known known && known.admits();
  }

  void isRightAndReadable(Reconciliation done) {
    if (done.plan() instanceof Plan.Nothing nothing && nothing.leavesStatusAlone()) {
      demand(!done.changesStatus(), "Writes what it leaves alone");
      return;
    }
    if (isPlain(done.seen()) && (done.changesStatus() || done.endsPass())) {
      StatusRules.check(ours(done.next()), done.seen().subject().generation());
    }
    SmtpCredential written = new SmtpCredential();
    written.setStatus(done.next());
    SmtpCredential back = json.unmarshal(json.asJson(written), SmtpCredential.class);
    demand(back.statusOrNone().equals(done.next()), "Reads something else than it wrote");
  }

  /** Conditions of other types stay as they are, whatever they say. */
  private static SmtpCredentialStatus ours(SmtpCredentialStatus status) {
    Draft draft = status.draft();
    draft.conditions =
        status.conditions().stream().filter(condition -> OURS.contains(condition.type())).toList();
    return draft.finish();
  }

  /**
   * What no schema lets anybody write stays odd, and messages are as readable as the names in them.
   */
  private static boolean isPlain(Observation seen) {
    SmtpCredentialSpec spec = seen.spec();
    return seen.status().failures() >= 0
        && Stream.of(
                Stream.of(
                    spec.emailAddress(),
                    spec.accountRef().name(),
                    spec.passwordSecretRef().name(),
                    spec.passwordSecretRef().key()),
                seen.olderClaim().stream(),
                seen.status().lastCall().stream().flatMap(call -> call.errorCode().stream()),
                seen.status().lastCall().stream().flatMap(call -> call.requestId().stream()))
            .flatMap(names -> names)
            .allMatch(name -> name.length() <= 253 && !name.contains("{"));
  }

  /** At rest, Ready is True only if SES was told the Secret's value. */
  void tellsTheTruth(Observation seen) {
    SmtpCredentialStatus status = seen.status();
    boolean ready = status.condition(Condition.READY).filter(Condition::holds).isPresent();
    if (ready && !seen.spec().suspend()) {
      demand(
          status.applied().map(SmtpCredentialStatus.Applied::digest).equals(seen.wanted()),
          "Ready for another value than the Secret's");
    }
  }

  static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
