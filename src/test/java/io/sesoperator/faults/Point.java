package io.sesoperator.faults;

/** Where a fault can strike: on one side of a request, which is named by what it does. */
record Point(String request, Moment moment) {

  @Override
  public String toString() {
    return moment + " " + request;
  }
}
