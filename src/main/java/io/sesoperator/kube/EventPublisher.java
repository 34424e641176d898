package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.RecentEvents.Content;
import io.sesoperator.kube.RecentEvents.Told;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Tells a resource's owner, as an Event, that {@code Ready} came to mean something else; never that
 * nothing happened.
 */
public final class EventPublisher {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final int NOT_FOUND = 404;

  private final RecentEvents recent = new RecentEvents();
  private final ApiRequests requests;
  private final String instance;

  /**
   * Publishes in the name of one replica.
   *
   * @param instance the replica's name
   */
  public EventPublisher(ApiRequests requests, String instance) {
    this.requests = requests;
    this.instance = instance;
  }

  /**
   * Publishes what is new to the owner in this turn, if anything is. What this replica has told
   * before, within the hour, makes a series of that Event
   * (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/).
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server cannot be
   *     asked or refuses
   */
  public void publish(Reconciliation turn) {
    news(turn).ifPresent(told -> tell(turn, told));
  }

  private void tell(Reconciliation turn, News news) {
    Content content =
        new Content(turn.seen().subject().uid(), news.type(), news.reason(), news.note());
    Told told =
        recent
            .find(content, turn.seen().now())
            .flatMap(before -> tellAgain(turn, before))
            .orElseGet(() -> tellFirst(turn, news));
    recent.put(content, told);
  }

  private Told tellFirst(Reconciliation turn, News news) {
    Event event = requests.write(client -> client.resource(event(turn, news)).create());
    return Told.first(event.getMetadata().getName(), turn.seen().now());
  }

  /** Absent if the Event is gone, as old ones are removed. */
  private Optional<Told> tellAgain(Reconciliation turn, Told before) {
    Told again = before.again(turn.seen().now());
    try {
      requests.write(client ->
          client
              .resource(named(again.event(), turn))
              .patch(PatchContext.of(PatchType.JSON_MERGE), series(again)));
      return Optional.of(again);
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Event named(String name, Reconciliation turn) {
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(turn.seen().subject().namespace())
        .withName(name)
        .endMetadata()
        .build();
  }

  private static String series(Told told) {
    return "{\"series\": {\"count\": %d, \"lastObservedTime\": \"%s\"}}"
        .formatted(told.count(), MICROS.format(told.last()));
  }

  /** What an Event tells. */
  private record News(String reason, String note, boolean good) {

    String type() {
      return good ? "Normal" : "Warning";
    }
  }

  private static Optional<News> news(Reconciliation turn) {
    return switch (turn.plan()) {
      case Plan.Release(Reason reason) -> Optional.of(news(turn, reason, isGood(reason)));
      case Plan.Correct _ -> Optional.of(news(turn, Reason.CORRECTING_DRIFT, false));
      case Plan.Ask _ when turn.foundLost() ->
          Optional.of(news(turn, Reason.DRIFT_CORRECTED, false));
      case Plan.Prepare _,
          Plan.Ask _,
          Plan.Push _,
          Plan.LookUp _,
          Plan.Verify _,
          Plan.Hold _,
          Plan.Revoke _,
          Plan.End _ ->
          newlyLost(turn)
              .map(lost -> new News(lost.reason(), lost.message(), false))
              .or(() ->
                  newReady(turn)
                      .map(ready -> new News(ready.reason(), ready.message(), ready.holds())));
    };
  }

  private static News news(Reconciliation turn, Reason reason, boolean good) {
    return new News(reason.wire(), turn.message(reason), good);
  }

  /** That SES lost the value, or never came to take it. */
  private static Optional<Condition> newlyLost(Reconciliation turn) {
    return newly(Condition.DRIFTED, "True", turn)
        .or(() -> newly(Condition.VERIFIED, "False", turn));
  }

  private static Optional<Condition> newly(String type, String status, Reconciliation turn) {
    Optional<String> before =
        turn.seen()
            .status()
            .condition(type)
            .filter(condition -> condition.status().equals(status))
            .map(Condition::reason);
    return turn.next()
        .condition(type)
        .filter(condition -> condition.status().equals(status))
        .filter(condition -> !before.equals(Optional.of(condition.reason())));
  }

  private static boolean isGood(Reason reason) {
    return reason.kind() != Reason.Kind.FAILURE;
  }

  private static Optional<Condition> newReady(Reconciliation turn) {
    Optional<Condition> before = turn.seen().status().condition(Condition.READY);
    return turn.next()
        .condition(Condition.READY)
        .filter(ready -> !before.map(Condition::message).equals(Optional.of(ready.message())))
        .filter(ready -> !isUnderWay(ready));
  }

  private static boolean isUnderWay(Condition ready) {
    return Reason.fromWire(ready.reason())
        .filter(reason -> reason.kind() == Reason.Kind.PROGRESS || reason == Reason.VERIFYING)
        .isPresent();
  }

  private Event event(Reconciliation turn, News told) {
    Subject subject = turn.seen().subject();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(subject.namespace())
        .withGenerateName(subject.name() + "-")
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(turn.seen().now())))
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(SmtpCredential.GROUP + "/" + SmtpCredential.VERSION)
                .withKind("SmtpCredential")
                .withNamespace(subject.namespace())
                .withName(subject.name())
                .withUid(subject.uid())
                .build())
        .withAction("Reconcile")
        .withReason(told.reason())
        .withNote(told.note())
        .withType(told.type())
        .withReportingController(SmtpCredential.GROUP + "/operator")
        .withReportingInstance(instance)
        .build();
  }
}
