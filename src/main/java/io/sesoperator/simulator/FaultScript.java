package io.sesoperator.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What will go wrong. Faults are taken in the order in which they were scripted, one for each
 * request, the first that fits; nothing is left to chance.
 *
 * <p>The shortcuts strike the next {@code UpdateEmailSmtpPassWord}; {@link #writes}, {@link #on}
 * and {@link #any} begin a fault that is told more exactly.
 */
public final class FaultScript {

  /** One scripted fault and how many more requests it strikes. */
  record Entry(Fault fault, int left) {}

  private final ServerClock clock;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final SmtpScript smtp = new SmtpScript();
  private Optional<Fault> outage = Optional.empty();
  private int made;

  FaultScript(ServerClock clock) {
    this.clock = clock;
  }

  /** A fault of the next {@code UpdateEmailSmtpPassWord}. */
  public FaultSetup writes() {
    return on(SesActions.UPDATE);
  }

  /** A fault of the next request for this action. */
  public FaultSetup on(String action) {
    return new FaultSetup(this, new Fault.Scope(action, ""), 1, false);
  }

  /** A fault of the next request, whatever it asks for. */
  public FaultSetup any() {
    return on("");
  }

  /** A fault of the next SMTP connection or login. */
  public SmtpFaultSetup smtp() {
    return new SmtpFaultSetup(smtp, "", 1);
  }

  /** The connection is closed and the request is not applied. */
  public void closeBeforeApplying() {
    writes().close();
  }

  /** The request is applied and the connection closed without an answer. */
  public void loseReply() {
    writes().afterApplying().close();
  }

  /** The request is kept before the server looks at it. */
  public Hold holdBeforeApplying() {
    return writes().hold();
  }

  /** The request is decided and its answer kept. */
  public Hold holdAfterApplying() {
    return writes().afterApplying().hold();
  }

  /** The client sees the connection close; the request is applied when told. */
  public LateDelivery deliverLate() {
    return writes().deliverLate();
  }

  /** The request is not applied, and answered with this error code. */
  public void answerWith(String code) {
    writes().answerWith(code);
  }

  /** As {@link #answerWith(String)}, for the next {@code count} requests. */
  public void answerWith(String code, int count) {
    writes().times(count).answerWith(code);
  }

  /** Until {@link #up}, every request gets a page with status 503. SMTP goes on. */
  public synchronized void down() {
    outage = Optional.of(outage(new Fault.Instead("status", Reply.page(503))));
  }

  /** Until {@link #up}, every connection but SMTP's is closed without an answer. */
  public synchronized void unreachable() {
    outage = Optional.of(outage(new Fault.Instead("close", Reply.closed())));
  }

  /** Ends {@link #down} and {@link #unreachable}; scripted faults stay. */
  public synchronized void up() {
    outage = Optional.empty();
  }

  /** Moves the server's clock, with its {@code Date} header; negative: it goes slow. */
  public void skewClock(Duration ahead) {
    clock.skew(ahead);
  }

  /** Moves the {@code Date} header alone. */
  public void skewDateHeader(Duration ahead) {
    clock.skewHeaderOnly(ahead);
  }

  /** Forgets everything scripted; the server is up. What is held stays held. */
  public synchronized void clear() {
    entries.clear();
    smtp.clear();
    up();
  }

  SmtpScript smtpScript() {
    return smtp;
  }

  synchronized String put(Fault.Scope scope, boolean after, Fault.Kind kind, int times) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault strikes at least once");
    }
    String id = "f" + ++made;
    entries.add(new Entry(new Fault(id, scope, after, kind), times));
    if (kind instanceof Fault.Held held) {
      holds.add(held.hold());
    }
    return id;
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  synchronized Optional<Fault> take(Arrival arrival) {
    if (outage.isPresent()) {
      return outage;
    }
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.fault().scope().fits(arrival)) {
        use(i, entry);
        return Optional.of(entry.fault());
      }
    }
    return Optional.empty();
  }

  synchronized void dropAll() {
    holds.forEach(Hold::drop);
  }

  private void use(int index, Entry entry) {
    if (entry.left() > 1) {
      entries.set(index, new Entry(entry.fault(), entry.left() - 1));
    } else {
      entries.remove(index);
    }
  }

  private static Fault outage(Fault.Kind kind) {
    return new Fault("outage", new Fault.Scope("", ""), false, kind);
  }
}
