package io.sesoperator.simulator;

import io.sesoperator.simulator.SesGateway.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The way between wire and gateway, where the script's faults strike. */
final class ApiDoor implements AutoCloseable {

  private record Waiting(String address, LateDelivery delivery) {}

  private final SesGateway gateway;
  private final FaultScript faults;
  private final CallLog calls;
  private final ServerClock clock;
  private final List<Waiting> waiting = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  ApiDoor(SesGateway gateway, FaultScript faults, CallLog calls, ServerClock clock) {
    this.gateway = gateway;
    this.faults = faults;
    this.calls = calls;
    this.clock = clock;
  }

  /** Answers one request. */
  Reply answer(WireRequest request) {
    if (!request.path().equals("/")) {
      return Reply.page(404);
    }
    Arrival arrival = Arrival.of(request, clock.trueTime());
    calls.arrived(arrival.action());
    Optional<Fault> fault = faults.take(arrival);
    if (fault.isEmpty()) {
      return decide(arrival, "");
    }
    return fault.get().afterApplying()
        ? spoil(decide(arrival, fault.get().kind().label()), arrival, fault.get().kind())
        : prevent(arrival, fault.get().kind());
  }

  /** Lets go of every request that is kept. */
  @Override
  public void close() {
    closed.countDown();
    faults.dropAll();
  }

  /** What the client gets of an answer that the server has given. */
  private Reply spoil(Reply answer, Arrival arrival, Fault.Kind kind) {
    return switch (kind) {
      case Fault.Instead instead -> instead.reply();
      case Fault.Code code -> SesGateway.refusal(arrival, Refusal.scripted(code.code()));
      case Fault.Cut _ -> answer.cut();
      case Fault.Slow slow -> pause(slow.delay()) ? answer : Reply.closed();
      case Fault.Held held -> held.hold().keep() ? answer : Reply.closed();
      case Fault.Late _ -> Reply.closed();
    };
  }

  /** What happens to a request that the server has not seen. */
  private Reply prevent(Arrival arrival, Fault.Kind kind) {
    return switch (kind) {
      case Fault.Instead instead -> lose(arrival, kind, instead.reply());
      case Fault.Code code ->
          gateway.refuse(arrival, Refusal.scripted(code.code()), kind.label()).reply();
      case Fault.Cut _ -> decide(arrival, kind.label()).cut();
      case Fault.Slow slow -> goOn(pause(slow.delay()), arrival, kind);
      case Fault.Held held -> goOn(held.hold().keep(), arrival, kind);
      case Fault.Late late -> postpone(arrival, late);
    };
  }

  private Reply goOn(boolean allowed, Arrival arrival, Fault.Kind kind) {
    return allowed ? decide(arrival, kind.label()) : lose(arrival, kind, Reply.closed());
  }

  private Reply lose(Arrival arrival, Fault.Kind kind, Reply reply) {
    gateway.lose(arrival, kind.label());
    return reply;
  }

  private Reply postpone(Arrival arrival, Fault.Late late) {
    if (late.afterNewer()) {
      synchronized (waiting) {
        waiting.add(new Waiting(arrival.address(), late.delivery()));
      }
    }
    late.delivery().accept(() -> decide(arrival, late.label()));
    return Reply.closed();
  }

  private Reply decide(Arrival arrival, String fault) {
    Decision decision = gateway.decide(arrival, fault);
    if (decision.applied() && arrival.action().equals(SesActions.UPDATE)) {
      overtaken(arrival.address()).forEach(LateDelivery::deliverIfPending);
    }
    return decision.reply();
  }

  /** The requests that wait for just this: that a newer one for the address was applied. */
  private List<LateDelivery> overtaken(String address) {
    synchronized (waiting) {
      List<LateDelivery> found =
          waiting.stream()
              .filter(one -> one.address().equals(address))
              .map(Waiting::delivery)
              .toList();
      waiting.removeIf(one -> one.address().equals(address));
      return found;
    }
  }

  /** Whether the time passed without the simulator being closed. */
  private boolean pause(Duration delay) {
    try {
      return !closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
