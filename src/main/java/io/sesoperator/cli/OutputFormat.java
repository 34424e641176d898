package io.sesoperator.cli;

/** How findings are printed; the constants are named as users write them. */
enum OutputFormat {
  text,
  json
}
