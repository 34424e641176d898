/**
 * What turns a test into a target of the fuzzer Jazzer, which {@code hack/fuzz} runs. A target
 * stands beside the code that it is about, in a class {@code <Name>FuzzTest}; its seeds are the
 * files in {@code src/test/resources/fuzz/<Name>}, and the words that the fuzzer may use in {@code
 * src/test/resources/fuzz/<Name>.dict}.
 *
 * <p>The build knows nothing of Jazzer: there a target is a test over its seeds. Jazzer's own JUnit
 * extension would load an agent into the JVM of all other tests.
 */
package io.sesoperator.fuzz;
