/**
 * Breaks every rule of {@code ArchitectureTest} once, to prove that each one bites. Nothing here is
 * ever run.
 */
package broken.sesoperator;
