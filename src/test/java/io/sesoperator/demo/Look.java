package io.sesoperator.demo;

/** What one look at the cluster and at SES found. */
sealed interface Look {

  /** What was looked for is there; the evidence is for people. */
  record Seen(String evidence) implements Look {}

  /** Something else is there. */
  record Other(String instead) implements Look {}
}
