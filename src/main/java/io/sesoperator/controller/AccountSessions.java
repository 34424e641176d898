package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.controller.AccountSession.AccountStanding;
import io.sesoperator.kube.AccountKeys;
import io.sesoperator.kube.SecretName;
import io.sesoperator.kube.SecretReader;
import io.sesoperator.plan.Admission;
import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.ses.Breaker;
import io.sesoperator.ses.CallBudget;
import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.CallBudget.Limit;
import io.sesoperator.ses.SesClient;
import io.sesoperator.ses.SesRegion;
import io.sesoperator.ses.SmtpLogin;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.EndpointRule;
import io.sesoperator.tencent.Tc3Client;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sessions of all accounts, made when first needed and made anew when the account's spec
 * changes; its budget and its breaker outlive that.
 */
public final class AccountSessions {

  /**
   * What is the same for all accounts.
   *
   * @param maySetPasswords asked right before each call that changes something: whether this
   *     replica surely leads
   */
  public record Settings(
      String operatorNamespace,
      EndpointRule endpoints,
      CredentialSource ambientCredentials,
      BooleanSupplier maySetPasswords) {}

  /**
   * Time as budgets and breakers have it.
   *
   * @param after an executor that runs its tasks after a delay, for each delay
   */
  public record Timing(Clock clock, Function<Duration, Executor> after) {

    /** This clock, and delays that are real. */
    public static Timing of(Clock clock) {
      return new Timing(
          clock,
          delay ->
              CompletableFuture.delayedExecutor(
                  delay.toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread));
    }
  }

  private final Tc3Client client;
  private final SmtpLogin smtp;
  private final SecretReader secrets;
  private final Settings settings;
  private final Timing timing;
  private final Map<String, AccountStanding> standings = new ConcurrentHashMap<>();
  private final List<Consumer<Caller>> turnListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> breakerListeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<String, CallBudget>> budgetListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> forgottenListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<LoginVerdict>> loginListeners = new CopyOnWriteArrayList<>();

  /** Sessions that share both ways to SES. */
  public AccountSessions(
      Tc3Client client, SmtpLogin smtp, SecretReader secrets, Settings settings, Timing timing) {
    this.client = client;
    this.smtp = smtp;
    this.secrets = secrets;
    this.settings = settings;
    this.timing = timing;
  }

  /** The way by which logins are made. */
  SmtpLogin smtp() {
    return smtp;
  }

  Timing timing() {
    return timing;
  }

  /** Calls {@code listener} with each caller whose turn in its account's budget has come. */
  void onTurn(Consumer<Caller> listener) {
    turnListeners.add(listener);
  }

  /** Calls {@code listener} with the name of each account whose breaker opened or closed. */
  void onBreakerChange(Consumer<String> listener) {
    breakerListeners.add(listener);
  }

  /** Calls {@code listener} with each account that comes to be known, and its budget. */
  public void onNewBudget(BiConsumer<String, CallBudget> listener) {
    budgetListeners.add(listener);
  }

  /** Calls {@code listener} with the name of each account that is gone. */
  public void onForgotten(Consumer<String> listener) {
    forgottenListeners.add(listener);
  }

  /** Calls {@code listener} with what each login showed. */
  public void onLogin(Consumer<LoginVerdict> listener) {
    loginListeners.add(listener);
  }

  void loggedIn(LoginVerdict verdict) {
    loginListeners.forEach(listener -> listener.accept(verdict));
  }

  /** The session of {@code account}; empty if its region is unknown or its endpoint not allowed. */
  Optional<AccountSession> of(SesAccount account) {
    SesAccountSpec spec = account.getSpec();
    return SesRegion.of(spec.region())
        .flatMap(region -> endpoint(spec, region).map(endpoint -> client(spec, region, endpoint)))
        .map(ses -> new AccountSession(ses, ses, standing(account)));
  }

  /** Whether and how often this account may be called, as far as is known. */
  AccountStanding standing(SesAccount account) {
    Limit limit =
        new Limit(account.getSpec().requestsPerSecond(), Admission.isShared(account.getSpec()));
    AccountStanding standing =
        standings.computeIfAbsent(
            account.getMetadata().getName(), _ -> newStanding(account, limit));
    standing.budget().change(limit);
    return standing;
  }

  /** Forgets what is known of an account that is gone. */
  void forget(String account) {
    standings.remove(account);
    forgottenListeners.forEach(listener -> listener.accept(account));
  }

  private AccountStanding newStanding(SesAccount account, Limit limit) {
    String name = account.getMetadata().getName();
    CallBudget budget =
        new CallBudget(
            limit,
            timing.clock(),
            timing.after(),
            caller -> turnListeners.forEach(listener -> listener.accept(caller)));
    budgetListeners.forEach(listener -> listener.accept(name, budget));
    Breaker breaker =
        new Breaker(
            Breaker.remembered(account.statusOrNone()),
            timing.clock(),
            () -> breakerListeners.forEach(listener -> listener.accept(name)));
    return new AccountStanding(
        budget, breaker, new SenderSnapshot(timing.clock()), new Asks(timing.clock()));
  }

  private SesClient client(SesAccountSpec spec, SesRegion region, URI endpoint) {
    return new SesClient(client, endpoint, region, credentials(spec), settings.maySetPasswords());
  }

  private Optional<URI> endpoint(SesAccountSpec spec, SesRegion region) {
    return spec.endpoint().map(settings.endpoints()::accept).orElse(Optional.of(region.endpoint()));
  }

  private CredentialSource credentials(SesAccountSpec spec) {
    return spec.credentials()
        .flatMap(SesAccountSpec.Credentials::secretRef)
        .map(ref -> new SecretName(settings.operatorNamespace(), ref.name()))
        .map(this::credentialsIn)
        .orElse(settings.ambientCredentials());
  }

  /** Read anew for each call: a rotated key is used at once, and there is nothing to invalidate. */
  private CredentialSource credentialsIn(SecretName secret) {
    return () -> Lookup.of(secrets.accountKeys(secret).flatMap(AccountSessions::credential));
  }

  private static Optional<Credential> credential(AccountKeys keys) {
    return Credential.of(keys.secretId(), keys.secretKey(), keys.token());
  }
}
