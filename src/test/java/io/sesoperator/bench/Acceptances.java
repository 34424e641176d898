package io.sesoperator.bench;

import static java.util.stream.Collectors.groupingBy;

import io.sesoperator.bench.Editor.Edit;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which calls at SES came of which change of a Secret. */
final class Acceptances {

  private static final String REPEATED = "OperationDenied.RepeatPassWord";

  private final Map<String, List<Call>> confirmed;
  private final Fleet fleet;

  /** All calls by which SES said that it holds a password. */
  Acceptances(List<Call> calls, Fleet fleet) {
    this.confirmed =
        calls.stream()
            .filter(call -> call.applied() || call.result().equals(REPEATED))
            .filter(call -> !call.address().isEmpty())
            .collect(groupingBy(Call::address));
    this.fleet = fleet;
  }

  /**
   * What came of one change.
   *
   * @param calls those after the change and before the next one of the same Secret
   */
  record Accepted(Edit edit, List<Call> calls) {

    boolean isMissed() {
      return calls.isEmpty();
    }

    boolean isDoubled() {
      return calls.size() > 1;
    }

    /** From the change until SES accepted it; absent if it was missed. */
    Optional<Duration> after() {
      return calls.stream()
          .map(call -> Duration.between(edit.sent(), call.time().plus(call.duration())))
          .min(Comparator.naturalOrder());
    }
  }

  /** What came of each of these changes, which are in the order of time. */
  List<Accepted> of(List<Edit> edits) {
    return edits.stream().collect(groupingBy(Edit::number)).values().stream()
        .flatMap(ofOneSecret -> ofOne(ofOneSecret).stream())
        .sorted(Comparator.comparing(accepted -> accepted.edit().sent()))
        .toList();
  }

  private List<Accepted> ofOne(List<Edit> edits) {
    List<Accepted> all = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      Instant end = i + 1 < edits.size() ? edits.get(i + 1).sent() : Instant.MAX;
      all.add(new Accepted(edits.get(i), callsBetween(edits.get(i), end)));
    }
    return all;
  }

  private List<Call> callsBetween(Edit edit, Instant end) {
    return confirmed.getOrDefault(fleet.address(edit.number()), List.of()).stream()
        .filter(call -> call.time().isAfter(edit.sent()) && call.time().isBefore(end))
        .toList();
  }
}
