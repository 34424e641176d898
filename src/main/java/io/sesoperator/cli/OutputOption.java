package io.sesoperator.cli;

import picocli.CommandLine.Option;

/** {@code -o}, as kubectl has it. */
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.text;

  OutputFormat format() {
    return format;
  }
}
