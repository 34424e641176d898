package io.sesoperator.controller;

import io.sesoperator.kube.Accounts;
import io.sesoperator.password.Password;
import io.sesoperator.plan.Evidence.Login;
import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Outcome;
import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.LoginResult;
import io.sesoperator.ses.LoginResult.Cause;
import io.sesoperator.ses.SmtpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in beside the passes, as a silent server must not hold up a change, and remembers what the
 * last login of each resource showed. Safe for use by many threads.
 */
final class Logins {

  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

  private final Accounts accounts;
  private final AccountSessions sessions;
  private final PlannedPassword passwords;
  private final Consumer<Caller> whenDone;
  private final Map<String, Login> last = new ConcurrentHashMap<>();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<Instant>> since = new AtomicReference<>(Optional.empty());

  /**
   * One that has not logged in yet.
   *
   * @param whenDone told who knows more now
   */
  Logins(
      Accounts accounts,
      AccountSessions sessions,
      PlannedPassword passwords,
      Consumer<Caller> whenDone) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.whenDone = whenDone;
  }

  /** Since when logins are made: since this replica first looked at a resource. */
  Instant since(Instant now) {
    return since.updateAndGet(known -> known.or(() -> Optional.of(now))).orElseThrow();
  }

  /** The last login of the resource with this UID. */
  Optional<Login> last(String uid) {
    return Optional.ofNullable(last.get(uid));
  }

  boolean isUnderWay(String uid) {
    return underWay.contains(uid);
  }

  void forget(String uid) {
    last.remove(uid);
  }

  /** Begins a login, unless one of the same resource is under way. */
  Outcome begin(Observation seen, String digest) {
    String uid = seen.subject().uid();
    if (underWay.add(uid)) {
      sessions.timing().after().apply(Duration.ZERO).execute(() -> make(seen, digest));
    }
    return new Outcome.LoggingIn();
  }

  private void make(Observation seen, String digest) {
    Optional<Login> made = attempt(seen, digest);
    made.ifPresent(login -> last.merge(seen.subject().uid(), login, Login::then));
    made.map(Login::verdict).ifPresent(sessions::loggedIn);
    underWay.remove(seen.subject().uid());
    if (made.isPresent()) {
      whenDone.accept(new Caller(seen.subject().namespace(), seen.subject().name()));
    }
  }

  private Optional<Login> attempt(Observation seen, String digest) {
    try {
      return accounts
          .find(seen.spec().accountRef().name())
          .flatMap(account -> SmtpServer.of(account.getSpec()))
          .map(server -> logIn(seen, digest, server))
          .orElseGet(() -> Optional.of(login(seen, LoginVerdict.UNREACHABLE, "")));
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("namespace", seen.subject().namespace())
          .addKeyValue("name", seen.subject().name())
          .setCause(e)
          .log("A login could not be tried");
      return Optional.empty();
    }
  }

  private Optional<Login> logIn(Observation seen, String digest, SmtpServer server) {
    return passwords
        .read(seen, digest)
        .flatMap(password -> verdict(seen, password, server))
        .map(verdict -> login(seen, verdict, server.host()));
  }

  private Optional<LoginVerdict> verdict(Observation seen, Password password, SmtpServer server) {
    try (password) {
      return switch (sessions.smtp().login(server, seen.spec().emailAddress(), password)) {
        case LoginResult.Accepted _ -> Optional.of(LoginVerdict.ACCEPTED);
        case LoginResult.Refused _ -> Optional.of(LoginVerdict.REFUSED);
        case LoginResult.Unreachable(Cause cause) ->
            cause == Cause.BUSY ? Optional.empty() : Optional.of(LoginVerdict.UNREACHABLE);
      };
    }
  }

  private Login login(Observation seen, LoginVerdict verdict, String host) {
    Instant accepted = seen.status().applied().orElseThrow().time();
    return Login.first(sessions.timing().clock().instant(), accepted, verdict, host);
  }
}
