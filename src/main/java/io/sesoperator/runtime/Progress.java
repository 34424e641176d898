package io.sesoperator.runtime;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How far an operator has come, for whoever waits until it has done its work: what the last turn of
 * each resource led to. What status said before the start proves nothing, as the Secret may have
 * changed since. Safe for use by many threads.
 */
public final class Progress implements Consumer<Reconciliation> {

  /** Whether more is to come. */
  public enum State {
    /** It is ready, or its owner wants it to be left alone. */
    DONE,
    /** Nothing changes until somebody acts. */
    STALLED,
    UNDER_WAY
  }

  /**
   * How one resource stands.
   *
   * @param ready what Ready says; absent if no pass was made
   */
  public record Standing(String namespace, String name, State state, Optional<Condition> ready) {}

  private final Map<String, Reconciliation> last = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);

  @Override
  public void accept(Reconciliation turn) {
    last.put(turn.seen().subject().uid(), turn);
    news.release();
  }

  /** Returns after the next turn, or when the time is over. */
  public void await(Duration time) throws InterruptedException {
    if (news.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  /** How these resources stand, by namespace and name. */
  public List<Standing> of(List<SmtpCredential> credentials) {
    return credentials.stream()
        .map(this::standing)
        .sorted(Comparator.comparing(Standing::namespace).thenComparing(Standing::name))
        .toList();
  }

  private Standing standing(SmtpCredential credential) {
    Optional<Reconciliation> turn =
        Optional.ofNullable(last.get(credential.getMetadata().getUid()))
            .filter(it -> isOf(credential, it));
    return new Standing(
        credential.getMetadata().getNamespace(),
        credential.getMetadata().getName(),
        turn.map(Progress::state).orElse(State.UNDER_WAY),
        turn.flatMap(it -> it.next().condition(Condition.READY)));
  }

  private static boolean isOf(SmtpCredential credential, Reconciliation turn) {
    return Optional.ofNullable(credential.getMetadata().getGeneration()).orElse(0L)
        == turn.seen().subject().generation();
  }

  private static State state(Reconciliation turn) {
    if (!turn.endsPass()) {
      return State.UNDER_WAY;
    }
    if (isLeftAlone(turn) || holds(turn, Condition.READY)) {
      return State.DONE;
    }
    return holds(turn, Condition.STALLED) ? State.STALLED : State.UNDER_WAY;
  }

  private static boolean isLeftAlone(Reconciliation turn) {
    return switch (turn.plan()) {
      case Plan.Nothing(Reason reason) -> reason == Reason.SUSPENDED || reason == Reason.DELETING;
      case Plan.Wait(Reason reason, _) -> reason == Reason.CHANGE_PLANNED;
      case Plan.Stop _, Plan.Effect _ -> false;
    };
  }

  private static boolean holds(Reconciliation turn, String condition) {
    return turn.next().condition(condition).filter(Condition::holds).isPresent();
  }
}
