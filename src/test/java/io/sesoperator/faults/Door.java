package io.sesoperator.faults;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The way to one server.
 *
 * @param steps what a request is a step of
 * @param outward what is changed in requests on their way
 */
record Door(
    Upstream server,
    Function<HttpMessage, Optional<Step>> steps,
    UnaryOperator<HttpMessage> outward) {}
