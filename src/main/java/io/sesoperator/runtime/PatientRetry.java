package io.sesoperator.runtime;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries a failed pass again for ever, after 0.5 s to 30 s with full jitter. A pass fails only when
 * the API server cannot be asked; JOSDK's default gives up after five attempts, about 20 seconds of
 * outage.
 */
record PatientRetry(RandomGenerator random) implements Retry {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Override
  public RetryExecution initExecution() {
    return new Attempts();
  }

  private final class Attempts implements RetryExecution {
    private int count;

    @Override
    public Optional<Long> nextDelay() {
      count++;
      long window = Math.min(FIRST.toMillis() << Math.min(count, 10), LONGEST.toMillis());
      return Optional.of(random.nextLong(FIRST.toMillis(), window + 1));
    }

    @Override
    public int getAttemptCount() {
      return count;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }
}
