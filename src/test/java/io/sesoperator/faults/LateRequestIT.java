package io.sesoperator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request of an operator that died arrives after the next operator has set a newer value. */
@ExtendWith(RealApiServerExtension.class)
class LateRequestIT {

  private static final int CREDENTIALS = 100;
  private static final Point CALL = new Point(Step.CALL, Moment.BEFORE);

  private final RealApiServer server;

  LateRequestIT(RealApiServer server) {
    this.server = server;
  }

  @Test
  void isOverruledByTheSettlePushEachTime() throws Exception {
    try (Arena arena = arena(UnaryOperator.identity())) {
      deliverAnOlderValueLate(arena);
      assertThat(right(arena)).isZero();

      passTheSettleTime(arena);

      assertThat(right(arena)).isEqualTo(CREDENTIALS);
    }
  }

  @Test
  void staysEachTimeWithoutTheSettlePush() throws Exception {
    try (Arena arena = arena(Sabotage.NO_SETTLE)) {
      deliverAnOlderValueLate(arena);

      passTheSettleTime(arena);

      assertThat(right(arena)).isZero();
    }
  }

  private Arena arena(UnaryOperator<HttpMessage> sabotage) {
    return new Arena(server, CREDENTIALS, new Values(), false, sabotage);
  }

  private static void deliverAnOlderValueLate(Arena arena) throws Exception {
    List<Freeze> calls = Stream.generate(Freeze::new).limit(CREDENTIALS).toList();
    Instance first = arena.start(Weather.fine(), _ -> {});
    arena.fill();
    first.sentry().begin();
    numbers().forEach(number -> first.sentry().set(arena.name(number), CALL, calls.get(number)));
    arena.writeAll(1);
    Awaitility.await("all calls").until(() -> calls.stream().allMatch(Freeze::isReached));
    arena.kill(first);
    calls.forEach(Freeze::deliverLater);

    arena.writeAll(2);
    arena.start(Weather.fine(), _ -> {});
    arena.awaitDone();
    calls.forEach(Freeze::deliver);
  }

  private static void passTheSettleTime(Arena arena) {
    arena.passTime(Settling.TIME);
    arena.nudge();
    arena.awaitSettled();
  }

  private static long right(Arena arena) {
    return numbers().filter(arena::holds).count();
  }

  private static IntStream numbers() {
    return IntStream.range(0, CREDENTIALS);
  }
}
