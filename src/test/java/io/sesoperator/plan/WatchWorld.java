package io.sesoperator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.plan.Evidence.Login;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.Deletion;
import io.sesoperator.plan.Observation.Requests;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import io.sesoperator.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Days of an operator that watches an SES, in simulated time: the passes, logins and lists of
 * senders are the controller's, without its threads. All resources are of one account.
 */
final class WatchWorld {

  static final Duration CALL = Duration.ofMillis(100);
  static final Duration LOGIN = Duration.ofMillis(300);

  private static final Duration WITHOUT_A_PASS = Duration.ofHours(1);
  private static final int MOST_TURNS = 5;
  private static final long GENERATION = 1;

  /** A resource, its Secret, and what was seen of both. */
  final class Watched {
    private final Subject subject;
    private final SmtpCredentialSpec spec;
    private String secret = "first";
    private SmtpCredentialStatus status = SmtpCredentialStatus.NONE;
    private long wakes;
    private final List<Written> history = new ArrayList<>();
    private final List<Instant> logins = new ArrayList<>();
    private final List<Instant> asks = new ArrayList<>();

    Watched(SmtpCredentialSpec spec, String uid) {
      this.subject = new Subject("shop", spec.emailAddress(), uid, GENERATION);
      this.spec = spec;
    }

    String address() {
      return spec.emailAddress();
    }

    SmtpCredentialStatus status() {
      return status;
    }

    /** Every status that was written. */
    List<Written> history() {
      return history;
    }

    /** When each login was begun. */
    List<Instant> logins() {
      return logins;
    }

    /** When SES was asked whether it still holds the value. */
    List<Instant> asks() {
      return asks;
    }

    void rotateTo(String value) {
      secret = value;
      pass(this);
    }

    /** Whether mail programs that read the Secret get in. */
    boolean works() {
      return ses.serves(address(), secret);
    }

    private String digest() {
      return "key:" + secret;
    }
  }

  record Written(Instant time, SmtpCredentialStatus status) {}

  private record Due(Instant time, long order, Runnable what) {}

  /** What a process knows and forgets with its end. */
  private static final class Process {
    private final Instant since;
    private Optional<Instant> listed = Optional.empty();
    private Map<String, ListedSender> senders = Map.of();
    private final Map<String, Login> logins = new HashMap<>();
    private final Map<String, List<Instant>> changes = new HashMap<>();
    private final Map<String, List<Instant>> corrections = new HashMap<>();
    private final List<String> underWay = new ArrayList<>();
    private final Map<String, Instant> asked = new HashMap<>();

    Process(Instant since) {
      this.since = since;
    }
  }

  final TestClock clock = new TestClock();
  final ModelledSes ses = new ModelledSes(clock);
  final Random random;
  private final Planner planner;
  private final NextStatus nextStatus;
  private final List<Watched> resources = new ArrayList<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::time).thenComparing(Due::order));
  private long order;
  private Process process = new Process(clock.instant());

  WatchWorld(long seed) {
    random = new Random(seed);
    Policy policy = Policy.standard(new Random(seed + 1));
    planner = new Planner(policy);
    nextStatus = new NextStatus(policy);
    start();
  }

  /** A resource that is applied as this says, to a sender of its own. */
  Watched add(Observations facts) {
    String address = "sender" + resources.size() + "@mail.example.com";
    String uid = new UUID(random.nextLong(), random.nextLong()).toString();
    Watched added = new Watched(facts.withAddress(address).seen().spec(), uid);
    resources.add(added);
    ses.create(address);
    pass(added);
    return added;
  }

  /** Lets something happen after a while. */
  void after(Duration time, Runnable what) {
    at(clock.instant().plus(time), what);
  }

  private void at(Instant time, Runnable what) {
    due.add(new Due(time, order++, what));
  }

  void run(Duration time) {
    runUntil(clock.instant().plus(time));
  }

  private void runUntil(Instant end) {
    while (!due.isEmpty() && !due.peek().time.isAfter(end)) {
      Due next = due.poll();
      clock.advanceTo(next.time);
      next.what.run();
    }
    clock.advanceTo(end);
  }

  /** How long it takes until this holds, if not longer than {@code most}. */
  Optional<Duration> runUntil(Watched watched, Predicate<Watched> goal, Duration most) {
    Instant begin = clock.instant();
    Instant end = begin.plus(most);
    while (!goal.test(watched)) {
      if (due.isEmpty() || due.peek().time.isAfter(end)) {
        clock.advanceTo(end);
        return Optional.empty();
      }
      runUntil(due.peek().time);
    }
    return Optional.of(Duration.between(begin, clock.instant()));
  }

  int statusWrites() {
    return resources.stream().mapToInt(watched -> watched.history.size()).sum();
  }

  /** The process ends and another begins, which looks at everything. */
  void restart(Duration down) {
    process = new Process(Instant.MAX);
    resources.forEach(watched -> watched.wakes++);
    runUntil(clock.instant().plus(down));
    process = new Process(clock.instant());
    start();
    resources.forEach(this::pass);
  }

  private void start() {
    Process self = process;
    at(clock.instant(), () -> list(self));
  }

  private void list(Process self) {
    if (self != process) {
      return;
    }
    self.listed = Optional.of(clock.instant());
    self.senders = ses.list();
    clock.advance(CALL);
    resources.forEach(this::pass);
    Duration interval =
        resources.stream()
            .filter(watched -> !watched.spec.ignoresDrift())
            .map(watched -> Interval.of(watched.spec.interval()))
            .min(Comparator.naturalOrder())
            .orElse(Interval.STANDARD);
    after(Interval.spread(interval, random), () -> list(self));
  }

  private boolean isDown() {
    return process.since.equals(Instant.MAX);
  }

  private void pass(Watched watched) {
    if (isDown()) {
      return;
    }
    Observation seen = observe(watched);
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      Plan plan = planner.plan(seen);
      Outcome outcome = apply(watched, plan);
      seen = seen.at(clock.instant());
      Reconciliation done =
          new Reconciliation(seen, plan, outcome, nextStatus.after(seen, plan, outcome));
      write(watched, done);
      if (done.foundLost()) {
        noted(process.corrections, watched.subject.uid());
      }
      if (done.endsPass()) {
        wake(watched, done.wakeTime());
        return;
      }
      seen = done.after();
    }
    throw new AssertionError("A pass did not end");
  }

  private void wake(Watched watched, Optional<Instant> wanted) {
    Instant now = clock.instant();
    assertThat(wanted.orElse(Instant.MAX)).as("a hot loop").isAfter(now);
    Instant time = wanted.orElse(now.plus(WITHOUT_A_PASS));
    long number = ++watched.wakes;
    at(
        time,
        () -> {
          if (watched.wakes == number) {
            pass(watched);
          }
        });
  }

  private void write(Watched watched, Reconciliation done) {
    StatusRules.check(done.next(), GENERATION);
    if (done.changesStatus()) {
      watched.status = done.next();
      watched.history.add(new Written(clock.instant(), done.next()));
    }
  }

  private Observation observe(Watched watched) {
    String uid = watched.subject.uid();
    return new Observation(
        clock.instant(),
        watched.subject,
        watched.spec,
        watched.status,
        new AccountFacts.Known(true, new Access.Open()),
        new SecretFacts.Found(new PasswordFacts(watched.digest(), List.of(), Optional.empty())),
        Optional.empty(),
        lately(process.changes, uid),
        new Deletion(Optional.empty(), false),
        new Requests(Optional.empty(), Optional.empty(), false),
        new Evidence(
            process.since,
            process.listed.map(time -> listing(time, watched)),
            Optional.ofNullable(process.logins.get(uid)),
            process.underWay.contains(uid),
            Optional.ofNullable(process.asked.get(uid)),
            lately(process.corrections, uid)));
  }

  private Listing listing(Instant time, Watched watched) {
    return new Listing(time, Optional.ofNullable(process.senders.get(watched.address())));
  }

  private List<Instant> lately(Map<String, List<Instant>> times, String uid) {
    Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
    return times.getOrDefault(uid, List.of()).stream().filter(hourAgo::isBefore).toList();
  }

  private Outcome apply(Watched watched, Plan plan) {
    String uid = watched.subject.uid();
    return switch (plan) {
      case Plan.Push _ -> {
        Outcome answer = ses.set(watched.address(), watched.secret);
        clock.advance(CALL);
        yield answer;
      }
      case Plan.Ask _ -> {
        watched.asks.add(clock.instant());
        Outcome answer = ses.set(watched.address(), watched.secret);
        clock.advance(CALL);
        process.asked.put(uid, clock.instant());
        yield answer;
      }
      case Plan.Verify _ -> {
        beginLogin(watched);
        yield new Outcome.LoggingIn();
      }
      case Prepare _ -> noted(process.changes, uid);
      case Correct _ -> noted(process.corrections, uid);
      case Plan.LookUp _, Plan.Hold _, Plan.Revoke _, Plan.Release _, Plan.End _ ->
          new Outcome.NotAttempted();
    };
  }

  private Outcome noted(Map<String, List<Instant>> times, String uid) {
    List<Instant> earlier = times.getOrDefault(uid, List.of());
    times.put(uid, Stream.concat(earlier.stream(), Stream.of(clock.instant())).toList());
    return new Outcome.NotAttempted();
  }

  /** SES decides in the middle of it. */
  private void beginLogin(Watched watched) {
    Process self = process;
    String uid = watched.subject.uid();
    String value = watched.secret;
    Instant accepted = watched.status.applied().orElseThrow().time();
    watched.logins.add(clock.instant());
    self.underWay.add(uid);
    after(
        LOGIN.dividedBy(2),
        () -> {
          Evidence.LoginVerdict verdict = ses.login(watched.address(), value);
          after(LOGIN.dividedBy(2), () -> endLogin(self, watched, accepted, verdict));
        });
  }

  private void endLogin(
      Process self, Watched watched, Instant accepted, Evidence.LoginVerdict verdict) {
    String uid = watched.subject.uid();
    Login login = Login.first(clock.instant(), accepted, verdict, "smtp.example.com");
    self.logins.merge(uid, login, Login::then);
    self.underWay.remove(uid);
    if (self == process) {
      pass(watched);
    }
  }
}
