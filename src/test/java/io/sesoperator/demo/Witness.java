package io.sesoperator.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.demo.Look.Other;
import io.sesoperator.demo.Look.Seen;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Watches until a step is seen, but not forever; meanwhile it tells the news. */
final class Witness implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Pattern AFTER_FIRST_CLAUSE = Pattern.compile("(; |\\. |\\.$).*");

  private final Screen screen;
  private final News news;
  private final Duration patience;

  /**
   * Watches from now on.
   *
   * @param patience how long a step may take
   */
  Witness(KubernetesClient client, Screen screen, Duration patience) {
    this.screen = screen;
    this.news = new News(client);
    this.patience = patience;
  }

  /**
   * Returns when {@code sight} is there.
   *
   * @throws StepNotSeen if it is not there in time
   */
  void see(String what, Sight sight) {
    switch (lookFor(sight)) {
      case Seen(String evidence) -> screen.sees(what, evidence);
      case Other(String instead) ->
          throw new StepNotSeen(
              what, "%s, even after %d s".formatted(instead, patience.toSeconds()));
    }
  }

  private Look lookFor(Sight sight) {
    try {
      return Awaitility.await()
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_LOOKS)
          .until(() -> look(sight), Seen.class::isInstance);
    } catch (ConditionTimeoutException _) {
      return sight.look();
    }
  }

  private Look look(Sight sight) {
    Look look = sight.look();
    news.take().forEach(this::tell);
    return look;
  }

  private void tell(News.Item item) {
    screen.hears(
        "%s: Ready=%s, %s".formatted(item.name(), item.ready().status(), item.ready().reason()),
        AFTER_FIRST_CLAUSE.matcher(item.ready().message()).replaceFirst(""));
  }

  @Override
  public void close() {
    news.close();
  }
}
