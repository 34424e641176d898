package io.sesoperator.plan;

import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What somebody asks for, and what SES was seen to say by itself, each as one of a few words. */
record Watch(
    Asked asked,
    Verification verification,
    Login login,
    Listed listed,
    DriftPolicy policy,
    Corrections corrections) {

  /** Nobody asks, and nothing was seen. */
  static final Watch QUIET =
      new Watch(
          Asked.NOTHING,
          Verification.REPORT,
          Login.NONE,
          Listed.UNKNOWN,
          DriftPolicy.REPORT,
          Corrections.FEW);

  enum Asked {
    NOTHING,
    LOOK,
    LOOK_THAT_WAS_TAKEN,
    PUSH,
    PUSH_THAT_WAS_MADE
  }

  enum Verification {
    DISABLED,
    REPORT,
    REQUIRED
  }

  enum Login {
    NONE,
    DUE,
    UNDER_WAY,
    /** A proved value was refused three times over three minutes. */
    REFUSED
  }

  enum Listed {
    UNKNOWN,
    THERE,
    GONE,
    WITHOUT_PASSWORD
  }

  enum DriftPolicy {
    IGNORE,
    REPORT,
    ENFORCE
  }

  enum Corrections {
    FEW,
    TOO_MANY
  }

  static List<Watch> all() {
    List<Watch> all = new ArrayList<>();
    for (Asked asked : Asked.values()) {
      for (Verification verification : Verification.values()) {
        for (Login login : Login.values()) {
          for (Listed listed : Listed.values()) {
            all.addAll(all(asked, verification, login, listed));
          }
        }
      }
    }
    return all;
  }

  private static List<Watch> all(
      Asked asked, Verification verification, Login login, Listed listed) {
    return List.of(
        new Watch(asked, verification, login, listed, DriftPolicy.IGNORE, Corrections.FEW),
        new Watch(asked, verification, login, listed, DriftPolicy.REPORT, Corrections.FEW),
        new Watch(asked, verification, login, listed, DriftPolicy.ENFORCE, Corrections.FEW),
        new Watch(asked, verification, login, listed, DriftPolicy.ENFORCE, Corrections.TOO_MANY));
  }

  void on(Observations facts) {
    asked(facts);
    spec(facts);
    login(facts);
    listed(facts);
    if (corrections == Corrections.TOO_MANY) {
      facts.corrected(Duration.ofMinutes(50), Duration.ofMinutes(40), Duration.ofMinutes(30));
    }
  }

  private void asked(Observations facts) {
    switch (asked) {
      case NOTHING -> {}
      case LOOK -> facts.lookRequested("now").handledReconcileAt("before");
      case LOOK_THAT_WAS_TAKEN -> facts.lookRequested("now").handledReconcileAt("now");
      case PUSH -> facts.forced("now").handledForceAt("before");
      case PUSH_THAT_WAS_MADE -> facts.forced("now").handledForceAt("now");
    }
  }

  private void spec(Observations facts) {
    switch (verification) {
      case DISABLED -> facts.withoutVerification();
      case REPORT -> {}
      case REQUIRED -> facts.requiresVerification();
    }
    switch (policy) {
      case IGNORE -> facts.ignoresDrift();
      case REPORT -> {}
      case ENFORCE -> facts.enforces();
    }
  }

  private void login(Observations facts) {
    switch (login) {
      case NONE -> {}
      case DUE -> facts.running(Duration.ofHours(9));
      case UNDER_WAY -> facts.running(Duration.ofHours(9)).loggingIn();
      case REFUSED ->
          facts
              .running(Duration.ofHours(9))
              .verified()
              .loggedIn(LoginVerdict.REFUSED, Duration.ofSeconds(182))
              .loggedIn(LoginVerdict.REFUSED, Duration.ofSeconds(91))
              .loggedIn(LoginVerdict.REFUSED, Duration.ofSeconds(1));
    }
  }

  private void listed(Observations facts) {
    Duration longAgo = Duration.ofDays(9);
    switch (listed) {
      case UNKNOWN -> {}
      case THERE -> facts.listed(true, longAgo);
      case GONE -> facts.notListed(Duration.ZERO);
      case WITHOUT_PASSWORD -> facts.listed(false, longAgo);
    }
  }
}
