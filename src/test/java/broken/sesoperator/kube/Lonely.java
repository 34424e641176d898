package broken.sesoperator.kube;

/** An interface for a single implementation. */
interface Lonely {

  /** That one. */
  final class Only implements Lonely {}
}
