package io.sesoperator.tencent;

import java.time.Duration;

/** Told of each signed call after its end. */
@FunctionalInterface
public interface CallListener {

  /**
   * One call has ended.
   *
   * @param took from signing to the answer, or to giving up
   */
  void ended(ApiCall call, ApiResult result, Duration took);
}
