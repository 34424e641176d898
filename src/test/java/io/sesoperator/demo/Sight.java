package io.sesoperator.demo;

/** Something that is to be seen in the API's objects and in the call log of SES. */
@FunctionalInterface
interface Sight {

  /** Looks once; asks everybody anew. */
  Look look();
}
