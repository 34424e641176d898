package broken.sesoperator.simulator;

import broken.sesoperator.tencent.KnowsSes;

/** Signs with the client's own code. */
final class Sharing {
  Object signs() {
    return new KnowsSes();
  }
}
