package io.sesoperator.testing;

import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.gitops.Agreement;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every status must keep so that GitOps tools read it right: Flux's own checks
 * (fluxcd/pkg/runtime/conditions/check) where they fit, and ours. Flux wants Ready False while
 * Reconciling; ours may be Unknown as well. Kstatus, Argo CD and Flux then have to agree on what it
 * means.
 */
public final class StatusRules {

  /** What kstatus makes of a resource. */
  public enum Kstatus {
    CURRENT,
    IN_PROGRESS,
    FAILED
  }

  /** The part of a status that the rules are about. */
  private record Seen(long generation, long observed, List<Condition> conditions) {

    Optional<Condition> get(String type) {
      return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    // A loop, for this is asked millions of times.
    boolean has(String type, String status) {
      for (Condition condition : conditions) {
        if (condition.type().equals(type)) {
          return condition.status().equals(status);
        }
      }
      return false;
    }

    boolean isReady() {
      return has(Condition.READY, "True");
    }

    boolean all(Predicate<Condition> rule) {
      return conditions.stream().allMatch(rule);
    }
  }

  private record Rule(String name, Predicate<Seen> keeps) {}

  private record MemoryRule(String name, Predicate<SmtpCredentialStatus> keeps) {}

  // The limits of metav1.Condition's reason in the Kubernetes API conventions.
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");
  private static final int LONGEST_MESSAGE = 1024;

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "FAIL0001 nothing abnormal while Ready is True",
              s -> !s.isReady() || !isTrue(s, Condition.RECONCILING, Condition.STALLED)),
          new Rule("FAIL0002 Ready is always there", s -> s.get(Condition.READY).isPresent()),
          new Rule(
              "FAIL0003 Ready is not True while Reconciling is",
              s -> !isTrue(s, Condition.RECONCILING) || !s.isReady()),
          new Rule(
              "FAIL0004 Ready is False while Stalled is True",
              s -> !isTrue(s, Condition.STALLED) || s.has(Condition.READY, "False")),
          new Rule(
              "FAIL0005 never both Reconciling and Stalled",
              s -> s.get(Condition.RECONCILING).isEmpty() || s.get(Condition.STALLED).isEmpty()),
          new Rule(
              "FAIL0006 observedGeneration is not ahead of the resource",
              s -> s.observed <= s.generation),
          new Rule(
              "FAIL0007 Ready is True only for the observed generation",
              s -> !s.isReady() || s.observed >= s.generation),
          new Rule(
              "FAIL0008 no condition lags while Ready is True",
              s -> !s.isReady() || s.all(c -> c.observedGeneration() >= s.generation)),
          new Rule(
              "FAIL0009 all conditions are of the observed generation while Ready is True",
              s -> !s.isReady() || s.all(c -> c.observedGeneration() == s.observed)),
          new Rule(
              "FAIL0011 Reconciling is True while Ready is Unknown",
              s -> !s.has(Condition.READY, "Unknown") || isTrue(s, Condition.RECONCILING)),
          new Rule(
              "WARN0003 Reconciling is removed when not True",
              s -> s.get(Condition.RECONCILING).stream().allMatch(Condition::holds)),
          new Rule(
              "WARN0004 Stalled is removed when not True",
              s -> s.get(Condition.STALLED).stream().allMatch(Condition::holds)),
          new Rule(
              "WARN0005 each condition tells its generation",
              s -> s.all(c -> c.observedGeneration() >= 1)),
          new Rule(
              "OWN01 a type stands there once",
              s ->
                  s.conditions.stream().map(Condition::type).distinct().count()
                      == s.conditions.size()),
          new Rule(
              "OWN02 a status is True, False or Unknown",
              s -> s.all(c -> List.of("True", "False", "Unknown").contains(c.status()))),
          new Rule(
              "OWN03 a reason is one CamelCase word",
              s -> s.all(c -> REASON.matcher(c.reason()).matches())),
          new Rule(
              "OWN04 a message is there, short and filled in",
              s -> s.all(c -> isFilledIn(c.message()))),
          new Rule(
              "OWN05 a transition has a time",
              s -> s.all(c -> c.lastTransitionTime().getEpochSecond() > 0)),
          new Rule(
              "OWN06 no condition is ahead of the resource",
              s -> s.all(c -> c.observedGeneration() <= s.generation)),
          new Rule(
              "OWN07 a Ready that is False says whether it goes on",
              s ->
                  !s.has(Condition.READY, "False")
                      || isTrue(s, Condition.RECONCILING, Condition.STALLED)),
          new Rule(
              "OWN08 Stalled is a verdict on the present generation",
              s -> !isTrue(s, Condition.STALLED) || s.observed == s.generation),
          new Rule(
              "OWN09 kstatus says Current just when Ready is True",
              s -> (kstatus(s) == Kstatus.CURRENT) == s.isReady()));

  private static final List<MemoryRule> MEMORY_RULES =
      List.of(
          new MemoryRule(
              "MEM01 Ready is True only for a value that SES accepted",
              status -> !isReady(status) || status.applied().isPresent()),
          new MemoryRule(
              "MEM02 Ready is not True while a value is being pushed",
              status -> !isReady(status) || status.pending().isEmpty()),
          new MemoryRule(
              "MEM03 a next attempt has a reason",
              status -> status.nextAttemptTime().isPresent() == status.nextReason().isPresent()),
          new MemoryRule("MEM04 failures are counted up", status -> status.failures() >= 0));

  private StatusRules() {}

  /**
   * Checks a status that was made for {@code generation}.
   *
   * @throws AssertionError that names each broken rule
   */
  public static void check(SmtpCredentialStatus status, long generation) {
    judge(status, generation);
    Agreement.check(status, generation);
  }

  private static void judge(SmtpCredentialStatus status, long generation) {
    if (status.equals(SmtpCredentialStatus.NONE)) {
      return; // nobody has looked at it yet; observedGeneration -1 makes it InProgress
    }
    Seen seen = new Seen(generation, status.observedGeneration(), status.conditions());
    demand(Stream.concat(broken(seen), brokenMemory(status)).toList(), status);
  }

  /**
   * Checks a resource as a server returned it. The operator may not have seen the latest generation
   * yet, or may be told to suspend: the status is judged for the generation that it was made for,
   * and must not look Current for another one.
   *
   * @throws AssertionError that names each broken rule
   */
  public static void check(SmtpCredential credential) {
    long generation = credential.getMetadata().getGeneration();
    SmtpCredentialStatus status = credential.statusOrNone();
    long madeFor =
        status.condition(Condition.READY).map(Condition::observedGeneration).orElse(generation);
    judge(status, Math.min(madeFor, generation));
    if (madeFor != generation && kstatus(status, generation) == Kstatus.CURRENT) {
      throw new AssertionError("OWN10 looks Current for a generation nobody looked at: " + status);
    }
    Agreement.check(credential);
  }

  /**
   * Checks an account as a server returned it.
   *
   * @throws AssertionError that names each broken rule
   */
  public static void check(SesAccount account) {
    var status = account.statusOrNone();
    if (!status.conditions().isEmpty()) {
      long generation = account.getMetadata().getGeneration();
      long madeFor =
          status.condition(Condition.READY).map(Condition::observedGeneration).orElse(generation);
      demand(
          broken(
                  new Seen(
                      Math.min(madeFor, generation),
                      status.observedGeneration(),
                      status.conditions()))
              .toList(),
          status);
    }
    Agreement.check(account);
  }

  /** What kstatus computes (kubernetes-sigs/cli-utils, pkg/kstatus/status/generic.go). */
  public static Kstatus kstatus(SmtpCredentialStatus status, long generation) {
    return kstatus(new Seen(generation, status.observedGeneration(), status.conditions()));
  }

  private static Kstatus kstatus(Seen seen) {
    if (seen.observed != seen.generation) {
      return Kstatus.IN_PROGRESS;
    }
    for (Condition condition : seen.conditions) {
      if (condition.type().equals(Condition.RECONCILING) && condition.holds()) {
        return Kstatus.IN_PROGRESS;
      }
      if (condition.type().equals(Condition.STALLED) && condition.holds()) {
        return Kstatus.FAILED;
      }
    }
    return seen.get(Condition.READY).stream().allMatch(Condition::holds)
        ? Kstatus.CURRENT
        : Kstatus.IN_PROGRESS;
  }

  private static Stream<String> broken(Seen seen) {
    return RULES.stream().filter(rule -> !rule.keeps.test(seen)).map(Rule::name);
  }

  private static Stream<String> brokenMemory(SmtpCredentialStatus status) {
    return MEMORY_RULES.stream().filter(rule -> !rule.keeps.test(status)).map(MemoryRule::name);
  }

  private static boolean isReady(SmtpCredentialStatus status) {
    return status.condition(Condition.READY).filter(Condition::holds).isPresent();
  }

  private static void demand(List<String> broken, Object status) {
    if (!broken.isEmpty()) {
      throw new AssertionError(
          broken.stream().collect(Collectors.joining("\n  ", "Broken:\n  ", "\nby " + status)));
    }
  }

  private static boolean isTrue(Seen seen, String... types) {
    for (String type : types) {
      if (seen.has(type, "True")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFilledIn(String message) {
    return !message.isBlank() && message.length() < LONGEST_MESSAGE && !message.contains("{");
  }
}
