package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One combination of everything that a decision depends on, each fact as one of a few words. */
record Facts(
    Spec spec,
    Mode mode,
    Around around,
    Secret secret,
    Rejected rejected,
    Pending pending,
    Applied applied,
    Doubt doubt,
    Says says,
    Next next,
    Generation generation,
    Limit limit,
    Watch watch) {

  static final String WANTED = "key:wanted";
  static final String OTHER = "key:other";
  static final Duration SOON = Duration.ofSeconds(90);
  static final Duration UNTIL_LIMIT = Duration.ofSeconds(3);

  enum Spec {
    USABLE,
    SUSPENDED,
    UNUSABLE
  }

  enum Mode {
    APPLY,
    PLAN
  }

  /** Account and other resources. */
  enum Around {
    FINE,
    ACCOUNT_MISSING,
    NOT_ALLOWED,
    NOT_READY,
    NOT_ALLOWED_AND_CLAIMED,
    CLAIMED,
    CLAIMED_AND_NOT_READY,
    SES_UNANSWERED,
    IN_TRIAL
  }

  enum Secret {
    MISSING,
    KEY_MISSING,
    INVALID,
    THERE
  }

  enum Rejected {
    NO,
    WANTED,
    WANTED_FOR_OLDER_SPEC,
    OTHER
  }

  enum Pending {
    NO,
    WANTED,
    OTHER
  }

  enum Applied {
    NO,
    WANTED,
    OTHER
  }

  /** Whether an older request may still land: begun before or after the last acceptance. */
  enum Doubt {
    NONE,
    OPEN_BEFORE_ACCEPTANCE,
    OPEN_SINCE_ACCEPTANCE,
    OVER_BEFORE_ACCEPTANCE,
    OVER_SINCE_ACCEPTANCE
  }

  /** What Ready and its companions say. */
  enum Says {
    NOTHING_YET,
    APPLIED,
    SECRET_NOT_FOUND,
    SECRET_NOT_FOUND_STALLED,
    KEY_NOT_FOUND,
    SES_UNAVAILABLE
  }

  enum Next {
    NONE,
    PAST,
    BACKOFF,
    QUOTA_WAIT,
    CHANGE_LIMIT,
    DEADLINE,
    SETTLE
  }

  enum Generation {
    SAME,
    NEWER
  }

  enum Limit {
    FREE,
    REACHED
  }

  /**
   * Every combination in which the early facts are fine, all of the early ones with fewer late
   * ones, and all of what was asked for and seen with fewer of both.
   */
  static Stream<Facts> all() {
    return Stream.of(late(), early(), watched()).flatMap(facts -> facts);
  }

  private static Stream<Facts> late() {
    return product(
        List.of(Spec.USABLE),
        List.of(Mode.values()),
        List.of(Around.FINE),
        List.of(Secret.values()),
        List.of(Rejected.values()),
        List.of(Pending.values()),
        List.of(Applied.values()),
        List.of(Doubt.values()),
        List.of(Says.values()),
        List.of(Next.values()),
        List.of(Generation.values()),
        List.of(Limit.values()),
        List.of(Watch.QUIET));
  }

  private static Stream<Facts> early() {
    return product(
            List.of(Spec.values()),
            List.of(Mode.values()),
            List.of(Around.values()),
            List.of(Secret.MISSING, Secret.THERE),
            List.of(Rejected.NO, Rejected.WANTED),
            List.of(Pending.values()),
            List.of(Applied.values()),
            List.of(Doubt.NONE, Doubt.OVER_BEFORE_ACCEPTANCE),
            List.of(Says.NOTHING_YET, Says.APPLIED, Says.SES_UNAVAILABLE),
            List.of(Next.NONE, Next.PAST, Next.BACKOFF),
            List.of(Generation.values()),
            List.of(Limit.FREE),
            List.of(Watch.QUIET))
        .filter(facts -> facts.spec != Spec.USABLE || facts.around != Around.FINE);
  }

  private static Stream<Facts> watched() {
    return product(
            List.of(Spec.USABLE, Spec.SUSPENDED),
            List.of(Mode.values()),
            List.of(Around.FINE, Around.NOT_READY, Around.SES_UNANSWERED),
            List.of(Secret.THERE),
            List.of(Rejected.NO, Rejected.WANTED),
            List.of(Pending.NO, Pending.WANTED),
            List.of(Applied.WANTED, Applied.OTHER),
            List.of(Doubt.NONE, Doubt.OVER_BEFORE_ACCEPTANCE),
            List.of(Says.APPLIED, Says.SES_UNAVAILABLE),
            List.of(Next.NONE),
            List.of(Generation.SAME),
            List.of(Limit.FREE),
            Watch.all())
        .filter(Facts::isPlainButForOneThing);
  }

  // What is refused is pending no more.
  private boolean isPlainButForOneThing() {
    boolean canBe = rejected == Rejected.NO || pending == Pending.NO;
    return canBe && oddities() <= 1;
  }

  private long oddities() {
    return Stream.of(
            spec != Spec.USABLE, mode != Mode.APPLY, around != Around.FINE, rejected != Rejected.NO)
        .filter(odd -> odd)
        .count();
  }

  private static Stream<Facts> product(List<?>... choices) {
    int size = Stream.of(choices).mapToInt(List::size).reduce(1, Math::multiplyExact);
    return IntStream.range(0, size)
        .mapToObj(index -> of(chosen(index, choices)))
        .filter(Facts::canBe);
  }

  /** One of each, as the digits of a number. */
  private static Object[] chosen(int index, List<?>... choices) {
    Object[] chosen = new Object[choices.length];
    int rest = index;
    for (int fact = 0; fact < choices.length; fact++) {
      chosen[fact] = choices[fact].get(rest % choices[fact].size());
      rest /= choices[fact].size();
    }
    return chosen;
  }

  private static Facts of(Object... chosen) {
    return new Facts(
        (Spec) chosen[0],
        (Mode) chosen[1],
        (Around) chosen[2],
        (Secret) chosen[3],
        (Rejected) chosen[4],
        (Pending) chosen[5],
        (Applied) chosen[6],
        (Doubt) chosen[7],
        (Says) chosen[8],
        (Next) chosen[9],
        (Generation) chosen[10],
        (Limit) chosen[11],
        (Watch) chosen[12]);
  }

  // Ready is True only for a value that was accepted and nothing sent since.
  private boolean canBe() {
    boolean ready = applied != Applied.NO && pending == Pending.NO;
    return says != Says.APPLIED || ready;
  }

  Observation seen() {
    Observations facts = Observations.aCredential();
    spec(facts);
    around(facts);
    secret(facts);
    memory(facts);
    says(facts);
    next(facts);
    watch.on(facts);
    if (generation == Generation.NEWER) {
      facts.generation(2);
    }
    if (limit == Limit.REACHED) {
      facts.changed(Duration.ofSeconds(5).minus(UNTIL_LIMIT));
    }
    return facts.seen();
  }

  private void spec(Observations facts) {
    switch (spec) {
      case USABLE -> {}
      case SUSPENDED -> facts.suspended();
      case UNUSABLE -> facts.withoutAddress();
    }
    if (mode == Mode.PLAN) {
      facts.plansOnly();
    }
  }

  private void around(Observations facts) {
    switch (around) {
      case FINE -> {}
      case ACCOUNT_MISSING -> facts.accountMissing();
      case NOT_ALLOWED -> facts.notAllowed();
      case NOT_READY -> facts.accountNotReady();
      case NOT_ALLOWED_AND_CLAIMED -> facts.notAllowed().ownedBy("older");
      case CLAIMED -> facts.ownedBy("older");
      case CLAIMED_AND_NOT_READY -> facts.accountNotReady().ownedBy("older");
      case SES_UNANSWERED -> facts.sesUnanswered();
      case IN_TRIAL -> facts.inTrial();
    }
  }

  private void secret(Observations facts) {
    switch (secret) {
      case MISSING -> facts.secretMissing();
      case KEY_MISSING -> facts.keyMissing();
      case INVALID -> facts.secretBreaks(WANTED, "at least 10 characters");
      case THERE -> facts.secretHolds(WANTED);
    }
  }

  private void memory(Observations facts) {
    switch (rejected) {
      case NO -> {}
      case WANTED ->
          facts.rejected(WANTED, Reason.PASSWORD_REJECTED, generation == Generation.NEWER ? 2 : 1);
      case WANTED_FOR_OLDER_SPEC -> facts.rejected(WANTED, Reason.PASSWORD_REJECTED, 0);
      case OTHER -> facts.rejected(OTHER, Reason.PASSWORD_REJECTED, 1);
    }
    switch (pending) {
      case NO -> {}
      case WANTED -> facts.pending(WANTED);
      case OTHER -> facts.pending(OTHER);
    }
    Duration ago = Duration.ofHours(1);
    switch (applied) {
      case NO -> {}
      case WANTED -> facts.applied(WANTED, ago);
      case OTHER -> facts.applied(OTHER, ago);
    }
    doubt(facts, ago);
  }

  // The doubt begins six minutes before it ends; the acceptance is an hour ago.
  private void doubt(Observations facts, Duration accepted) {
    switch (doubt) {
      case NONE -> {}
      case OPEN_SINCE_ACCEPTANCE -> facts.unsettledFor(Duration.ofMinutes(2));
      case OVER_SINCE_ACCEPTANCE -> facts.unsettledFor(Duration.ofMinutes(-2));
      case OPEN_BEFORE_ACCEPTANCE -> {
        facts.unsettledFor(Duration.ofMinutes(2));
        acceptedNow(facts);
      }
      case OVER_BEFORE_ACCEPTANCE -> facts.unsettledFor(Duration.ofMinutes(5).minus(accepted));
    }
  }

  private void acceptedNow(Observations facts) {
    switch (applied) {
      case NO -> {}
      case WANTED -> facts.applied(WANTED, Duration.ofMinutes(1));
      case OTHER -> facts.applied(OTHER, Duration.ofMinutes(1));
    }
  }

  private void says(Observations facts) {
    switch (says) {
      case NOTHING_YET -> {}
      case APPLIED -> facts.ready(Reason.APPLIED);
      case SECRET_NOT_FOUND -> facts.waitsFor(Reason.SECRET_NOT_FOUND);
      case SECRET_NOT_FOUND_STALLED -> facts.stalled(Reason.SECRET_NOT_FOUND);
      case KEY_NOT_FOUND -> facts.waitsFor(Reason.SECRET_KEY_NOT_FOUND);
      case SES_UNAVAILABLE -> facts.waitsFor(Reason.SES_UNAVAILABLE);
    }
  }

  private void next(Observations facts) {
    switch (next) {
      case NONE -> {}
      case PAST -> facts.nextAttempt(SOON.negated(), Cause.BACKOFF);
      case BACKOFF -> facts.nextAttempt(SOON, Cause.BACKOFF);
      case QUOTA_WAIT -> facts.nextAttempt(SOON, Cause.QUOTA_WAIT);
      case CHANGE_LIMIT -> facts.nextAttempt(SOON, Cause.CHANGE_LIMIT);
      case DEADLINE -> facts.nextAttempt(SOON, Cause.DEADLINE);
      case SETTLE -> facts.nextAttempt(SOON, Cause.SETTLE);
    }
  }
}
