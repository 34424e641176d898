package io.sesoperator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.password.Password;
import io.sesoperator.plan.Outcome;
import io.sesoperator.ses.SesClient;
import io.sesoperator.ses.SesRegion;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.Tc3Client;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Changes passwords at an SES of its own as those do who only mind when they send. */
final class NaiveClient {

  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** When it sends. */
  enum Pacing {
    STEADY("every 50 ms", () -> Pace.atFixedRate(INTERVAL)),
    BUCKET("bucket of 20", () -> Pace.ofBucket(INTERVAL, 20));

    private final String label;
    private final Supplier<Pace> pace;

    Pacing(String label, Supplier<Pace> pace) {
      this.label = label;
      this.pace = pace;
    }

    String label() {
      return label;
    }
  }

  private final Clock clock = new SteadyClock();
  private final Pacing pacing;
  private final ServerRules rules;
  private final Duration answers;

  /**
   * @param rules by which SES decides
   * @param answers how long it takes for that
   */
  NaiveClient(Pacing pacing, ServerRules rules, Duration answers) {
    this.pacing = pacing;
    this.rules = rules;
    this.answers = answers;
  }

  /**
   * What came of it.
   *
   * @param refused how many calls were too many
   * @param took from before the first call until SES accepted the last that it did accept
   */
  record Result(long refused, Duration took) {}

  /** Makes each call once. */
  Result tryOnce(int size) {
    return run(size, Optional.empty());
  }

  /** Lines up again with what was refused, after this time, until all is accepted. */
  Result tryUntilAccepted(int size, Duration retry) {
    return run(size, Optional.of(retry));
  }

  private Result run(int size, Optional<Duration> retry) {
    try (Simulator ses = Simulator.start(options(size));
        Tc3Client http = Tc3Client.standard(clock);
        ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      ses.faults().writes().always().slow(answers);
      Attempts attempts = new Attempts(client(http, ses), size, retry);
      Instant start = clock.instant();
      Pace pace = pacing.pace.get();
      while (attempts.areLeft()) {
        attempts
            .next()
            .ifPresent(number -> {
              pace.next();
              calls.execute(() -> attempts.make(number));
            });
      }
      return result(ses, start);
    }
  }

  private SimulatorOptions options(int size) {
    String[] senders =
        IntStream.range(0, size).mapToObj(NaiveClient::address).toArray(String[]::new);
    return SimulatorOptions.standard().withSenders(senders).withClock(clock).withRules(rules);
  }

  private static SesClient client(Tc3Client http, Simulator ses) {
    Optional<Credential> demo =
        Credential.of(
            SimulatorOptions.DEMO_KEY.secretId(),
            SimulatorOptions.DEMO_KEY.secretKey(),
            Optional.empty());
    return new SesClient(
        http, ses.endpoint(), SesRegion.SINGAPORE, () -> Lookup.of(demo), () -> true);
  }

  private static Result result(Simulator ses, Instant start) {
    Instant last =
        ses.calls().all().stream()
            .filter(Call::applied)
            .map(call -> call.time().plus(call.duration()))
            .max(Instant::compareTo)
            .orElseThrow();
    long refused = ses.calls().all().stream().filter(call -> !call.applied()).count();
    return new Result(refused, Duration.between(start, last));
  }

  private static String address(int number) {
    return "naive-" + number + "@mail.example.com";
  }

  /** The calls that are still to be made, those that were refused at the end of the line. */
  private static final class Attempts {
    private final SesClient client;
    private final Optional<Duration> retry;
    private final BlockingQueue<Integer> line = new LinkedBlockingQueue<>();
    private final CountDownLatch open;

    Attempts(SesClient client, int size, Optional<Duration> retry) {
      this.client = client;
      this.retry = retry;
      this.open = new CountDownLatch(size);
      IntStream.range(0, size).forEach(line::add);
    }

    boolean areLeft() {
      return open.getCount() > 0;
    }

    /** The next in the line; nothing if it is empty for now. */
    Optional<Integer> next() {
      try {
        return Optional.ofNullable(line.poll(5, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    void make(int number) {
      if (set(number) instanceof Outcome.Done) {
        open.countDown();
      } else {
        retry.ifPresentOrElse(delay -> lineUp(number, delay), open::countDown);
      }
    }

    private Outcome set(int number) {
      byte[] value = "Aa1Bb2-%d".formatted(1000 + number).getBytes(UTF_8);
      try (Password password = Password.of(value)) {
        return client.set(address(number), password);
      }
    }

    private void lineUp(int number, Duration delay) {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> line.add(number));
    }
  }
}
