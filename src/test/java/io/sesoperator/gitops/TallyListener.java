package io.sesoperator.gitops;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Tells at the end of a run how many statuses kstatus, Argo CD and Flux agreed on. */
public final class TallyListener implements TestExecutionListener {

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    Agreement.tally().ifPresent(System.out::println);
  }
}
