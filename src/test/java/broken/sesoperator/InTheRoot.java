package broken.sesoperator;

/** The root package holds nothing. */
final class InTheRoot {}
