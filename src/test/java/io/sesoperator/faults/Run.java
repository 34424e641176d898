package io.sesoperator.faults;

import io.sesoperator.faults.Change.AfterTheFault;
import io.sesoperator.faults.Change.AtFirst;
import io.sesoperator.faults.Change.BeforeTheFault;
import io.sesoperator.faults.Change.Meanwhile;
import io.sesoperator.faults.Change.StandingStill;
import java.util.ArrayList;
import java.util.List;

/** One story, played with one credential of an arena. */
final class Run {

  private final Arena arena;
  private final int number;
  private final Story story;
  private final List<Change> ahead;
  private final Freeze fault = new Freeze();
  private final Freeze secondFault = new Freeze();

  Run(Arena arena, int number, Story story) {
    this.arena = arena;
    this.number = number;
    this.story = story;
    this.ahead = new ArrayList<>(story.changes());
  }

  int number() {
    return number;
  }

  String name() {
    return arena.name(number);
  }

  Story story() {
    return story;
  }

  /** The fault of the first operator. */
  Freeze fault() {
    return fault;
  }

  /** The fault of the second operator. */
  Freeze secondFault() {
    return secondFault;
  }

  /** Sets the traps of the first operator. */
  void await(Sentry sentry) {
    sentry.set(name(), story.fault(), fault);
    for (Change change : story.changes()) {
      if (change.time() instanceof BeforeTheFault(Point point)) {
        sentry.set(name(), point, point.equals(story.fault()) ? both(change) : () -> make(change));
      }
    }
  }

  /** Sets the trap of the second operator. */
  void awaitAgain(Sentry sentry) {
    sentry.set(name(), story.again(), secondFault);
  }

  /** Sets the traps of the operator that goes on. */
  void follow(Sentry sentry) {
    for (Change change : story.changes()) {
      if (change.time() instanceof AfterTheFault(Point point)) {
        sentry.set(name(), point, () -> make(change));
      }
    }
  }

  /** Lets the same step fail again when it is tried again. */
  void cutAgain(Sentry sentry) {
    for (int count = 1; count <= story.repeats(); count++) {
      Freeze cut = new Freeze();
      cut.lose();
      String request = story.fault().request() + (count == 1 ? "" : " #" + count);
      sentry.set(name(), new Point(request, story.fault().moment()), cut);
    }
  }

  void begin() {
    make(new AtFirst());
  }

  void whileStandingStill() {
    make(new StandingStill());
  }

  void meanwhile() {
    make(new Meanwhile());
  }

  boolean hasMore() {
    return !ahead().isEmpty();
  }

  /** Makes all changes that are still ahead. */
  void end() {
    ahead().forEach(this::make);
  }

  /** Tells the request that stands still what becomes of it. */
  void strike() {
    switch (story.fate()) {
      case LOST -> fault.lose();
      case HALVED -> fault.halve();
      case LATE -> fault.deliverLater();
    }
  }

  /** How many faults there are in this mode. */
  int faults(Mode mode) {
    return switch (mode) {
      case KILL, PAUSE, LONG_PAUSE -> 1;
      case KILL_TWICE -> 2;
      case CUT -> 1 + story.repeats();
    };
  }

  private Trap both(Change change) {
    return () -> {
      make(change);
      fault.spring();
    };
  }

  private void make(Change.Time time) {
    ahead().stream().filter(change -> change.time().equals(time)).forEach(this::make);
  }

  private void make(Change change) {
    synchronized (ahead) {
      if (ahead.remove(change)) {
        arena.write(number, change.value());
      }
    }
  }

  private List<Change> ahead() {
    synchronized (ahead) {
      return List.copyOf(ahead);
    }
  }
}
