package io.sesoperator.faults;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The runs of a batch, which go on side by side. */
final class Runs {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Less than the operator waits for an answer. */
  private static final Duration UNTIL_THE_FAULT = Duration.ofSeconds(8);

  private static final Duration A_WHILE = Duration.ofMillis(100);
  private static final Duration WAIT = Duration.ofSeconds(6);

  /** What an operator waits for by a timer of a few seconds. */
  private static final Set<String> SHORT_WAITS = Set.of("Backoff", "ChangeLimit", "QuotaWait");

  private final Arena arena;
  private final List<Run> all;

  Runs(Arena arena, List<Run> all) {
    this.arena = arena;
    this.all = List.copyOf(all);
  }

  void each(Consumer<Run> action) {
    all.forEach(action);
  }

  /** In the order of the runs. */
  <T> Map<Run, T> map(Function<Run, T> fact) {
    Map<Run, T> facts = new LinkedHashMap<>();
    all.forEach(run -> facts.put(run, fact.apply(run)));
    return facts;
  }

  boolean has(Predicate<Run> one) {
    return all.stream().anyMatch(one);
  }

  /** Waits until each is at its point, which it may miss. */
  void awaitFaults() {
    Arena.await(UNTIL_THE_FAULT, () -> all.stream().allMatch(run -> run.fault().isReached()));
  }

  /** Waits until each is at its second point, or has got by. */
  void awaitSecondFaults() {
    await(
        UNTIL_THE_FAULT,
        (run, credential) -> run.secondFault().isReached() || isDone(run, credential));
  }

  /** Lets all changes happen that are ahead, and waits until the operator has followed. */
  void finish() {
    await(PATIENCE, this::isDone);
    if (has(Run::hasMore)) {
      each(Run::end);
      await(PATIENCE, this::isDone);
    }
    Arena.awaitLasting(A_WHILE, arena.operator().sentry()::isQuiet);
  }

  void awaitSettled() {
    await(PATIENCE, (run, credential) -> arena.isSettled(run.number(), credential));
  }

  private boolean isDone(Run run, SmtpCredential credential) {
    return arena.isDone(run.number(), credential);
  }

  private void await(Duration limit, BiPredicate<Run, SmtpCredential> goal) {
    Arena.await(
        limit,
        () -> {
          Map<String, SmtpCredential> credentials = arena.credentials();
          boolean reached =
              all.stream().allMatch(run -> goal.test(run, credentials.get(run.name())));
          if (!reached) {
            shorten(credentials.values());
          }
          return reached;
        });
  }

  private void shorten(Collection<SmtpCredential> credentials) {
    if (credentials.stream().map(SmtpCredential::statusOrNone).anyMatch(Runs::waits)) {
      arena.passTime(WAIT);
      arena.nudge();
    }
  }

  private static boolean waits(SmtpCredentialStatus status) {
    return status.nextReason().filter(SHORT_WAITS::contains).isPresent();
  }
}
