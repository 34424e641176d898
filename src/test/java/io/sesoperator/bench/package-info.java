/**
 * Measurements, run by the commands in {@code bench/} and by no test. Start with {@link
 * io.sesoperator.bench.LatencyBench}.
 */
package io.sesoperator.bench;
