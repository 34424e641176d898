package io.sesoperator.simulator;

import java.time.Duration;

/**
 * A fault being described: which requests, how often, before or after they are applied; the last
 * method says what happens and puts it into the script.
 */
public final class FaultSetup {

  private static final int ALWAYS = Integer.MAX_VALUE;

  private final FaultScript script;
  private final Fault.Scope scope;
  private final int times;
  private final boolean after;

  FaultSetup(FaultScript script, Fault.Scope scope, int times, boolean after) {
    this.script = script;
    this.scope = scope;
    this.times = times;
    this.after = after;
  }

  /** Only requests for this sender address. */
  public FaultSetup to(String address) {
    return new FaultSetup(script, new Fault.Scope(scope.action(), address), times, after);
  }

  /** The next {@code count} requests, not only the next one. */
  public FaultSetup times(int count) {
    return new FaultSetup(script, scope, count, after);
  }

  /** Every request, until the script is cleared. */
  public FaultSetup always() {
    return times(ALWAYS);
  }

  /** Strikes once the server has decided the request: carried it out or refused it. */
  public FaultSetup afterApplying() {
    return new FaultSetup(script, scope, times, true);
  }

  /** The connection is closed without an answer. */
  public void close() {
    put(new Fault.Instead("close", Reply.closed()));
  }

  /** An HTML page with this HTTP status. */
  public void answerStatus(int status) {
    put(new Fault.Instead("status", Reply.page(status)));
  }

  /** An HTML page with status 200, as from a captive portal. */
  public void answerHtml() {
    put(new Fault.Instead("html", Reply.page(200)));
  }

  /** Status 200 and {@code {}}: JSON, but no {@code Response} in it. */
  public void answerEmptyObject() {
    put(new Fault.Instead("empty", Reply.emptyObject()));
  }

  /** The body breaks off in the middle; the request is applied in any case. */
  public void cutReply() {
    put(new Fault.Cut());
  }

  /** The answer takes this long. */
  public void slow(Duration delay) {
    put(new Fault.Slow(delay));
  }

  /** An error of the API, such as {@code InternalError}, in the usual envelope. */
  public void answerWith(String code) {
    put(new Fault.Code(code));
  }

  /** The request is kept until told otherwise; one request only. */
  public Hold hold() {
    Hold hold = new Hold();
    times(1).put(new Fault.Held(hold));
    return hold;
  }

  /** The client sees the connection close; the request is applied when told. One request only. */
  public LateDelivery deliverLate() {
    return late(false);
  }

  /** As {@link #deliverLate}, or right after the next accepted change of the same address. */
  public LateDelivery deliverAfterNewer() {
    return late(true);
  }

  private LateDelivery late(boolean afterNewer) {
    LateDelivery delivery = new LateDelivery();
    times(1).put(new Fault.Late(delivery, afterNewer));
    return delivery;
  }

  private void put(Fault.Kind kind) {
    script.put(scope, after, kind, times);
  }
}
