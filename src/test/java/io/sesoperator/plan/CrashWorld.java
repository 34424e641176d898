package io.sesoperator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Plan.End;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import io.sesoperator.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that the core deals with, small enough to be tried in every way: a Secret, an API server that
 * keeps a status, SES, and an operator that may die at any step. The pass is the controller's,
 * without its threads.
 */
final class CrashWorld {

  /** A password that breaks the local rule. */
  static final String INVALID = "invalid";

  /** A password that only SES refuses. */
  static final String REFUSED = "refused";

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("The operator died", null, false, false);
    }
  }

  private record LateRequest(String value, Instant arrival) {}

  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  // A push that a stale status led to leaves no trace. Its request dies five minutes later; the
  // settle time, counted from the last known acceptance, has one minute to spare.
  private static final Duration LONGEST_LAG = Duration.ofSeconds(50);

  private static final Duration RESTART = Duration.ofSeconds(2);
  private static final long GENERATION = 1;
  private static final int MAX_TURNS = 4;
  private static final int MAX_PASSES = 5_000;

  final TestClock clock = new TestClock();
  private final Faults faults;
  private final Planner planner;
  private final NextStatus nextStatus;
  private final Observation template = Observations.aCredential().withoutVerification().seen();

  private String secret = "A";
  private boolean secretChanged;

  private String atSes = "A";
  private final List<LateRequest> late = new ArrayList<>();

  private SmtpCredentialStatus status;
  private SmtpCredentialStatus earlierStatus;
  private Instant written = Instant.EPOCH;

  private List<Instant> recentChanges = List.of();
  private Optional<Instant> wake = Optional.empty();

  private boolean cachesAreFresh;
  private int steps;
  private int passes;
  int calls;
  int settles;
  int statusWrites;
  private int crashes;
  private int lost;
  private int stale;
  private int throttled;

  /** A world in which value A was applied long ago, and nothing happened since. */
  CrashWorld(Policy policy, Faults faults) {
    this.faults = faults;
    planner = new Planner(policy);
    nextStatus = new NextStatus(policy);
    status =
        Observations.aCredential()
            .withoutVerification()
            .applied(digest("A"))
            .ready(Reason.APPLIED)
            .seen()
            .status();
    earlierStatus = status;
  }

  void rotateTo(String value) {
    secret = value;
    secretChanged = true;
  }

  /** How often something went wrong. */
  int accidents() {
    return crashes + lost + stale + throttled;
  }

  String secret() {
    return secret;
  }

  String atSes() {
    return atSes;
  }

  SmtpCredentialStatus status() {
    return status;
  }

  static String digest(String value) {
    return "key:" + value;
  }

  /** Lets everything happen that happens by itself, until nothing is under way any more. */
  void runUntilQuiet() {
    while (happens()) {
      assertThat(passes).as("a hot loop").isLessThan(MAX_PASSES);
    }
  }

  private boolean happens() {
    if (secretChanged) {
      pass();
      return true;
    }
    Optional<String> rotation = faults.rotatesWhenIdle();
    if (rotation.isPresent()) {
      elapse(Duration.ofSeconds(10));
      rotateTo(rotation.get());
      return true;
    }
    if (wake.isPresent()) {
      elapse(Duration.between(clock.instant(), wake.get()));
      pass();
      return true;
    }
    Optional<Instant> arrival =
        late.stream().map(LateRequest::arrival).max(Comparator.naturalOrder());
    arrival.ifPresent(time -> elapse(Duration.between(clock.instant(), time)));
    return arrival.isPresent();
  }

  /** From now on nothing is read late. */
  void refreshCaches() {
    cachesAreFresh = true;
  }

  /** One pass of the controller; also what an idle resync does. */
  void pass() {
    secretChanged = false;
    wake = Optional.empty();
    boolean isStale = faults.readsStaleStatusIn(passes++) && mayBeStale();
    stale += isStale ? 1 : 0;
    try {
      turns(observe(isStale ? earlierStatus : status));
      secretChanged |= isStale; // the cache catches up, which is an event
    } catch (Crash crash) {
      crashes++;
      recentChanges = List.of();
      wake = Optional.empty();
      secretChanged = true; // a restarted operator looks at everything
      elapse(RESTART);
    }
  }

  private boolean mayBeStale() {
    return !cachesAreFresh
        && earlierStatus != status
        && written.plus(LONGEST_LAG).isAfter(clock.instant());
  }

  private void turns(Observation first) {
    Observation seen = first;
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Plan plan = planner.plan(seen);
      Outcome outcome = apply(seen, plan);
      seen = seen.at(clock.instant());
      SmtpCredentialStatus next = nextStatus.after(seen, plan, outcome);
      Reconciliation done = new Reconciliation(seen, plan, outcome, next);
      if (done.changesStatus() && !write(seen.status(), next)) {
        secretChanged = true; // the framework tries again with what the server has
        return;
      }
      if (done.endsPass()) {
        wake = done.wakeTime();
        assertThat(wake.orElse(Instant.MAX)).as("a hot loop").isAfter(seen.now());
        return;
      }
      seen = seen.with(next);
    }
    throw new AssertionError("A pass did not end within " + MAX_TURNS + " turns");
  }

  private Observation observe(SmtpCredentialStatus read) {
    Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
    recentChanges = recentChanges.stream().filter(time -> time.isAfter(hourAgo)).toList();
    return new Observation(
        clock.instant(),
        template.subject(),
        template.spec(),
        read,
        template.account(),
        new SecretFacts.Found(facts(secret)),
        Optional.empty(),
        recentChanges,
        template.deletion(),
        template.requests(),
        template.evidence());
  }

  private static PasswordFacts facts(String value) {
    List<String> brokenRules =
        value.equals(INVALID) ? List.of("at least 10 characters") : List.of();
    return new PasswordFacts(digest(value), brokenRules, Optional.empty());
  }

  private Outcome apply(Observation seen, Plan plan) {
    return switch (plan) {
      case Prepare _ -> {
        recentChanges = append(recentChanges, clock.instant());
        yield new Outcome.NotAttempted();
      }
      case Push(String planned) -> {
        settles += seen.status().pending().isEmpty() ? 1 : 0;
        step();
        yield planned.equals(digest(secret)) ? send(secret) : new Outcome.Superseded();
      }
      case Plan.Verify _ -> new Outcome.LoggingIn();
      case Plan.Correct _,
          Plan.Ask _,
          Plan.LookUp _,
          Plan.Hold _,
          Plan.Revoke _,
          Plan.Release _,
          End _ ->
          new Outcome.NotAttempted();
    };
  }

  private Outcome send(String value) {
    Faults.Fate fate = faults.ofCall(calls++, faults.crashesAt(steps));
    throttled += fate == Faults.Fate.THROTTLED ? 1 : 0;
    fate.arrivesAfter()
        .ifPresent(delay -> late.add(new LateRequest(value, clock.instant().plus(delay))));
    Outcome answer = fate.arrivesAtOnce() ? arrive(value) : new Outcome.Throttled(answer("Limit"));
    step();
    if (!fate.isAnswered()) {
      lost++;
      elapse(CALL_TIMEOUT);
      answer = new Outcome.Ambiguous(answer("ClientError.NetworkError"));
    }
    step();
    return answer;
  }

  private Outcome arrive(String value) {
    if (value.equals(REFUSED)) {
      return new Outcome.Refused(
          Reason.PASSWORD_REJECTED, answer("InvalidParameterValue.InvalidSmtpPassWord"));
    }
    Outcome.Effect effect = value.equals(atSes) ? Outcome.Effect.UNCHANGED : Outcome.Effect.CHANGED;
    atSes = value;
    return new Outcome.Done(effect, new Answer("Push", Optional.empty(), Optional.of("req-9")));
  }

  private static Answer answer(String code) {
    return new Answer("Push", Optional.of(code), Optional.empty());
  }

  /** Writes only what was computed from the stored status, as the resourceVersion demands. */
  private boolean write(SmtpCredentialStatus computedFrom, SmtpCredentialStatus next) {
    StatusRules.check(next, GENERATION);
    step();
    if (computedFrom != status) {
      return false;
    }
    earlierStatus = status;
    status = next;
    written = clock.instant();
    statusWrites++;
    step();
    return true;
  }

  private void step() {
    int here = steps++;
    elapse(STEP);
    faults.rotatesAt(here).ifPresent(this::rotateTo);
    if (faults.crashesAt(here)) {
      throw new Crash();
    }
  }

  /** Time passes, and with it arrive the requests that were on their way. */
  private void elapse(Duration time) {
    clock.advance(time.isNegative() ? Duration.ZERO : time);
    if (late.isEmpty()) {
      return;
    }
    late.stream()
        .filter(request -> !request.arrival().isAfter(clock.instant()))
        .sorted(Comparator.comparing(LateRequest::arrival))
        .forEach(request -> arrive(request.value()));
    late.removeIf(request -> !request.arrival().isAfter(clock.instant()));
  }

  private static List<Instant> append(List<Instant> times, Instant time) {
    List<Instant> all = new ArrayList<>(times);
    all.add(time);
    return List.copyOf(all);
  }
}
