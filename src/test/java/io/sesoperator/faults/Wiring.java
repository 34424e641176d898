package io.sesoperator.faults;

import java.util.function.UnaryOperator;

/**
 * What all gates of an arena share.
 *
 * @param sesAddress SES's own address, as accounts name it
 * @param sabotage takes something away from requests to the API server that the operator relies on
 */
record Wiring(
    Upstream api,
    Upstream ses,
    String sesAddress,
    Values values,
    Ledger ledger,
    UnaryOperator<HttpMessage> sabotage) {}
