package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sesoperator.simulator.CallLog.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides requests, one after the other, and enters each into the call log. */
final class SesGateway {

  private static final Logger log = LoggerFactory.getLogger(SesGateway.class);

  private final GatewayChecks checks;
  private final SesActions actions;
  private final StsActions sts;
  private final SenderBooks books;
  private final CallLog calls;

  SesGateway(
      GatewayChecks checks, SesActions actions, StsActions sts, SenderBooks books, CallLog calls) {
    this.checks = checks;
    this.actions = actions;
    this.sts = sts;
    this.books = books;
    this.calls = calls;
  }

  /**
   * Checks a request and carries it out.
   *
   * @param fault what is scripted for it, for the log
   */
  synchronized Decision decide(Arrival arrival, String fault) {
    try {
      ObjectNode response = response(arrival);
      enter(arrival, "", fault);
      return new Decision(envelope(arrival, response), true);
    } catch (Refusal refusal) {
      return refuse(arrival, refusal, fault);
    }
  }

  private ObjectNode response(Arrival arrival) throws Refusal {
    if (arrival.action().equals(StsActions.ASSUME)) {
      checks.admitUnsigned(arrival);
      return sts.assume(arrival.request());
    }
    AccessKey key = checks.admit(arrival);
    SenderBook senders = books.of(key.account(), arrival.region());
    return actions.run(arrival.action(), arrival.request(), senders);
  }

  /** Refuses a request without looking at it. */
  synchronized Decision refuse(Arrival arrival, Refusal refusal, String fault) {
    enter(arrival, refusal.code(), fault);
    return new Decision(refusal(arrival, refusal), false);
  }

  /** Enters a request that a fault kept away. */
  synchronized void lose(Arrival arrival, String fault) {
    enter(arrival, CallLog.NOT_PROCESSED, fault);
  }

  /** The answer of the server, and whether it did what it was asked to. */
  record Decision(Reply reply, boolean applied) {}

  static Reply refusal(Arrival arrival, Refusal refusal) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response
        .putObject("Error")
        .put("Code", refusal.code())
        .put("Message", refusal.message(arrival.inChinese()));
    return envelope(arrival, response);
  }

  private static Reply envelope(Arrival arrival, ObjectNode response) {
    response.put("RequestId", arrival.requestId());
    return Reply.json(200, JsonNodeFactory.instance.objectNode().set("Response", response));
  }

  private void enter(Arrival arrival, String result, String fault) {
    boolean lost = result.equals(CallLog.NOT_PROCESSED);
    calls.add(
        new Call(
            arrival.time(),
            arrival.action(),
            arrival.region(),
            arrival.address(),
            arrival.secretId(),
            result,
            result.isEmpty(),
            lost ? "" : arrival.requestId(),
            arrival.age(),
            fault));
    log.atInfo()
        .addKeyValue("action", arrival.action())
        .addKeyValue("address", arrival.address())
        .addKeyValue("result", result.isEmpty() ? "Success" : result)
        .addKeyValue("requestId", arrival.requestId())
        .addKeyValue("fault", fault)
        .log("Request decided");
  }
}
