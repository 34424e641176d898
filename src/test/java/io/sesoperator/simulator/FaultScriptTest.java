package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.Caller.Answer;
import io.sesoperator.testing.Canary;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptTest {

  private static final String A = Canary.password();
  private static final String B = Canary.password();
  private static final String OTHER = "other@mail.example.com";
  private static final String REPEAT = "OperationDenied.RepeatPassWord";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private Simulator simulator;
  private FaultScript faults;
  private Caller caller;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(SimulatorOptions.standard().withClock(clock).withSenders(ADDRESS, OTHER));
    faults = simulator.faults();
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private boolean holds(String password) {
    return simulator.senders().holds(ADDRESS, password);
  }

  private Call lastCall() {
    assertThat(simulator.calls().all()).isNotEmpty();
    return simulator.calls().all().getLast();
  }

  private CompletableFuture<Answer> updateAside(String password) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(caller.update(password));
          } catch (IOException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private static Answer soon(CompletableFuture<Answer> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(10, TimeUnit.SECONDS);
  }

  private static void lost(CompletableFuture<Answer> answer) {
    assertThatThrownBy(() -> soon(answer)).cause().isInstanceOf(EOFException.class);
  }

  @Test
  void losesTheReplyOfARequestThatWasApplied() throws IOException {
    faults.loseReply();

    assertThatThrownBy(() -> caller.update(A)).isInstanceOf(EOFException.class);

    assertThat(holds(A)).isTrue();
    assertThat(lastCall().applied()).isTrue();
    assertThat(lastCall().fault()).isEqualTo("close");
    assertThat(caller.update(A).code()).isEqualTo(REPEAT);
  }

  @Test
  void closesBeforeApplying() throws IOException {
    faults.closeBeforeApplying();

    assertThatThrownBy(() -> caller.update(A)).isInstanceOf(EOFException.class);

    assertThat(holds(A)).isFalse();
    assertThat(lastCall().result()).isEqualTo(CallLog.NOT_PROCESSED);
    assertThat(caller.update(A).code()).isEmpty();
  }

  @Test
  void holdsARequestBeforeItIsApplied() throws Exception {
    Hold hold = faults.holdBeforeApplying();
    assertThat(hold.hasArrived()).isFalse();
    CompletableFuture<Answer> answer = updateAside(A);

    hold.awaitArrival(SOON);

    assertThat(hold.hasArrived()).isTrue();
    assertThat(holds(A)).isFalse();
    assertThat(simulator.calls().writes()).isEqualTo(1);
    assertThat(simulator.calls().all()).isEmpty();
    assertThat(answer).isNotDone();
    hold.release();
    assertThat(soon(answer).code()).isEmpty();
    assertThat(holds(A)).isTrue();
  }

  @Test
  void dropsARequestThatWasHeldBeforeItWasApplied() throws IOException {
    Hold hold = faults.holdBeforeApplying();
    CompletableFuture<Answer> answer = updateAside(A);
    hold.awaitArrival(SOON);

    hold.drop();

    lost(answer);
    assertThat(holds(A)).isFalse();
    assertThat(lastCall().applied()).isFalse();
  }

  @Test
  void holdsTheAnswerOfARequestThatWasApplied() throws Exception {
    Hold hold = faults.holdAfterApplying();
    CompletableFuture<Answer> answer = updateAside(A);

    hold.awaitArrival(SOON);

    assertThat(holds(A)).isTrue();
    assertThat(answer).isNotDone();
    hold.release();
    assertThat(soon(answer).code()).isEmpty();
  }

  @Test
  void dropsTheAnswerOfARequestThatWasApplied() {
    Hold hold = faults.holdAfterApplying();
    CompletableFuture<Answer> answer = updateAside(A);
    hold.awaitArrival(SOON);

    hold.drop();

    lost(answer);
    assertThat(holds(A)).isTrue();
  }

  @Test
  void heldRequestKeepsNobodyElseWaiting() throws Exception {
    Hold hold = faults.holdBeforeApplying();
    CompletableFuture<Answer> first = updateAside(A);
    hold.awaitArrival(SOON);

    assertThat(caller.update(B).code()).isEmpty();

    hold.release();
    assertThat(soon(first).code()).isEmpty();
    assertThat(holds(A)).isTrue();
  }

  @Test
  void dropsWhatIsHeldWhenItEnds() {
    Hold hold = faults.holdBeforeApplying();
    CompletableFuture<Answer> answer = updateAside(A);
    hold.awaitArrival(SOON);

    simulator.close();

    lost(answer);
    await().untilAsserted(() -> assertThat(lastCall().result()).isEqualTo(CallLog.NOT_PROCESSED));
  }

  @Test
  void saysWhenNothingComesToBeHeld() {
    Hold hold = faults.holdBeforeApplying();

    assertThatThrownBy(() -> hold.awaitArrival(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deliversAnOlderRequestAfterANewerOne() throws IOException {
    LateDelivery older = faults.writes().deliverAfterNewer();
    assertThatThrownBy(() -> caller.update(A)).isInstanceOf(EOFException.class);
    older.awaitArrival(SOON);
    assertThat(holds(A)).isFalse();

    assertThat(caller.update(OTHER, B).code()).isEmpty();
    assertThat(holds(A)).isFalse();
    assertThat(caller.update(B).code()).isEmpty();

    assertThat(holds(A)).isTrue();
    assertThat(simulator.calls().accepted(ADDRESS))
        .extracting(Call::fault)
        .containsExactly("", "late");
    assertThatThrownBy(older::deliver).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deliversARequestWhenTold() throws IOException {
    LateDelivery late = faults.deliverLate();
    assertThatThrownBy(late::deliver).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> caller.update(A)).isInstanceOf(EOFException.class);
    late.awaitArrival(SOON);
    caller.update(B);
    assertThat(holds(B)).isTrue();

    late.deliver();

    assertThat(holds(A)).isTrue();
  }

  @Test
  void refusesARequestThatIsDeliveredAfterItsSignatureExpired() {
    LateDelivery late = faults.deliverLate();
    assertThatThrownBy(() -> caller.update(A)).isInstanceOf(EOFException.class);
    late.awaitArrival(SOON);
    clock.step(Duration.ofSeconds(301));

    late.deliver();

    assertThat(holds(A)).isFalse();
    assertThat(lastCall().result()).isEqualTo("AuthFailure.SignatureExpire");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void answersAnHtmlPageWithAStatusOfItsOwn(int status) throws IOException {
    faults.writes().answerStatus(status);
    faults.writes().afterApplying().answerStatus(status);

    Answer before = caller.update(A);
    assertThat(before.status()).isEqualTo(status);
    assertThat(before.headers()).containsEntry("content-type", "text/html");
    assertThat(before.body()).startsWith("<html>");
    assertThat(holds(A)).isFalse();

    assertThat(caller.update(A).status()).isEqualTo(status);
    assertThat(holds(A)).isTrue();
  }

  @Test
  void answersNonsenseWithStatus200() throws IOException {
    faults.writes().answerHtml();
    faults.writes().afterApplying().answerEmptyObject();

    Answer html = caller.update(A);
    assertThat(html.status()).isEqualTo(200);
    assertThat(html.body()).startsWith("<html>");
    assertThat(holds(A)).isFalse();

    Answer empty = caller.update(A);
    assertThat(empty.status()).isEqualTo(200);
    assertThat(empty.body()).isEqualTo("{}");
    assertThat(holds(A)).isTrue();
  }

  @Test
  void cutsTheReplyShort() {
    faults.writes().cutReply();

    assertThatThrownBy(() -> caller.update(A))
        .isInstanceOf(EOFException.class)
        .hasMessage("Half an answer");
    assertThat(holds(A)).isTrue();
  }

  @Test
  void answersSlowly() throws IOException {
    faults.writes().slow(Duration.ofMillis(150));
    long start = System.nanoTime();

    assertThat(caller.update(A).code()).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
    assertThat(lastCall().duration()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void answersAnyCodeAsOftenAsAsked() throws IOException {
    faults.answerWith("InternalError", 2);
    faults.writes().afterApplying().answerWith("FailedOperation.Future");

    assertThat(caller.update(A).code()).isEqualTo("InternalError");
    assertThat(caller.update(A).code()).isEqualTo("InternalError");
    assertThat(holds(A)).isFalse();
    assertThat(caller.update(A).code()).isEqualTo("FailedOperation.Future");
    assertThat(holds(A)).isTrue();
    assertThat(caller.update(A).code()).isEqualTo(REPEAT);
  }

  @Test
  void strikesOnlyTheActionAndTheAddressItIsFor() throws IOException {
    faults.writes().to(ADDRESS).answerWith("InternalError");
    faults.on("ListEmailAddress").answerWith("RequestLimitExceeded");

    assertThat(caller.update(OTHER, A).code()).isEmpty();
    assertThat(caller.update(A).code()).isEqualTo("InternalError");
    assertThat(caller.update(A).code()).isEmpty();
    assertThat(caller.call("ListEmailAddress", "{}").code()).isEqualTo("RequestLimitExceeded");
    assertThat(caller.call("ListEmailAddress", "{}").code()).isEmpty();
  }

  @Test
  void takesFaultsInTheirOrder() throws IOException {
    faults.answerWith("First");
    faults.any().answerWith("Second");
    faults.answerWith("Third");

    assertThat(List.of(caller.update(A).code(), caller.update(A).code(), caller.update(A).code()))
        .containsExactly("First", "Second", "Third");
  }

  @Test
  void isDownUntilItIsUp() throws IOException {
    faults.down();
    for (int i = 0; i < 3; i++) {
      assertThat(caller.update(A).status()).isEqualTo(503);
    }
    faults.unreachable();
    assertThatThrownBy(() -> caller.call("ListEmailAddress", "{}"))
        .isInstanceOf(EOFException.class);

    faults.up();

    assertThat(caller.update(A).code()).isEmpty();
    assertThat(simulator.calls().writes()).isEqualTo(4);
  }

  @Test
  void strikesAlwaysUntilCleared() throws IOException {
    faults.writes().always().answerWith("InternalError");
    for (int i = 0; i < 5; i++) {
      assertThat(caller.update(A).code()).isEqualTo("InternalError");
    }

    faults.clear();

    assertThat(caller.update(A).code()).isEmpty();
  }
}
