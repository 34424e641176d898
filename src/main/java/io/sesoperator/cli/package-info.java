/**
 * The command line: {@link io.sesoperator.cli.Main} and one class for each subcommand. What a
 * command does is told by the package that it starts; here are only its options, its output and its
 * exit code.
 *
 * <p><b>Invariant:</b> nothing depends on this package ({@code layersAsInTheArchitectureDocument}).
 *
 * <p>Start with {@link io.sesoperator.cli.Main}.
 */
@NullMarked
package io.sesoperator.cli;

import org.jspecify.annotations.NullMarked;
