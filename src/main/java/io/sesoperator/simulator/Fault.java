package io.sesoperator.simulator;

import java.time.Duration;

/**
 * Something that goes wrong with requests that fit.
 *
 * @param afterApplying whether it strikes once the request has been decided, not before
 */
record Fault(String id, Scope scope, boolean afterApplying, Kind kind) {

  /** Which requests it strikes; an empty text fits all. */
  record Scope(String action, String address) {

    boolean fits(Arrival arrival) {
      return (action.isEmpty() || action.equals(arrival.action()))
          && (address.isEmpty() || address.equals(arrival.address()));
    }
  }

  /** What goes wrong. */
  sealed interface Kind {

    /** The name in the call log and in the control API. */
    String label();
  }

  /** Another answer, or none, in place of the server's. */
  record Instead(String label, Reply reply) implements Kind {}

  /** An error of the API in place of the server's answer. */
  record Code(String code) implements Kind {
    @Override
    public String label() {
      return "code";
    }
  }

  /** Half of the server's answer. */
  record Cut() implements Kind {
    @Override
    public String label() {
      return "cut";
    }
  }

  /** The server's answer, after a time. */
  record Slow(Duration delay) implements Kind {
    @Override
    public String label() {
      return "slow";
    }
  }

  /** The server's answer, when told. */
  record Held(Hold hold) implements Kind {
    @Override
    public String label() {
      return "hold";
    }
  }

  /** No answer, and the request reaches the server later. */
  record Late(LateDelivery delivery, boolean afterNewer) implements Kind {
    @Override
    public String label() {
      return "late";
    }
  }
}
