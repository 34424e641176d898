package io.sesoperator.kube;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Events of the last hour, by what they tell: what is told again is counted in the Event that
 * told it. The API server keeps an Event for an hour after its last change, unless it is set up
 * otherwise (--event-ttl). Of too many, the longest untold are forgotten, and told by new Events.
 */
final class RecentEvents {

  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST = 4096;

  private final Map<Content, Told> events =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Told> eldest) {
          return size() > MOST;
        }
      };

  /** What an Event tells, and of which resource. */
  record Content(String uid, String type, String reason, String note) {}

  /**
   * That an Event was told.
   *
   * @param event its name
   * @param count how often
   * @param last when last
   */
  record Told(String event, int count, Instant last) {

    static Told first(String event, Instant now) {
      return new Told(event, 1, now);
    }

    Told again(Instant now) {
      return new Told(event, count + 1, now);
    }
  }

  /** The Event that told this within the last hour. */
  synchronized Optional<Told> find(Content content, Instant now) {
    return Optional.ofNullable(events.get(content))
        .filter(told -> told.last().plus(KEPT).isAfter(now));
  }

  synchronized void put(Content content, Told told) {
    events.put(content, told);
  }
}
