package io.sesoperator.faults;

/** What happens when a request of the operator comes by a point, once. */
interface Trap {

  /**
   * Lets the request go on by returning.
   *
   * @throws Severed when it must not
   */
  void spring() throws Severed;
}
