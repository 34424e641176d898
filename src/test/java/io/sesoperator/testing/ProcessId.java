package io.sesoperator.testing;

import ch.qos.logback.core.PropertyDefinerBase;

/** The id of this process, for the names of files in {@code logback-test.xml}. */
public final class ProcessId extends PropertyDefinerBase {

  @Override
  public String getPropertyValue() {
    return Long.toString(ProcessHandle.current().pid());
  }
}
