package io.sesoperator.faults;

import io.sesoperator.runtime.OperatorRuntime;
import io.sesoperator.runtime.Setting;
import io.sesoperator.runtime.SettingsReader;
import io.sesoperator.testing.World;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One operator behind a gate of its own. To the world it ends with {@link #kill}. */
final class Instance {

  private final Gate gate;
  private final OperatorRuntime runtime;
  private final AtomicBoolean ended;

  private Instance(Gate gate, OperatorRuntime runtime, AtomicBoolean ended) {
    this.gate = gate;
    this.runtime = runtime;
    this.ended = ended;
  }

  static Instance start(World world, Map<Setting, String> settings, String identity, Gate gate)
      throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    Runnable whenBroken =
        () -> {
          ended.set(true);
          gate.kill();
        };
    return new Instance(
        gate,
        OperatorRuntime.start(
            SettingsReader.read(settings, Map.of()),
            world.surroundings(gate.through(world.config()), identity, whenBroken)),
        ended);
  }

  Gate gate() {
    return gate;
  }

  Sentry sentry() {
    return gate.sentry();
  }

  /** Whether it ended by itself. */
  boolean hasEnded() {
    return ended.get();
  }

  /** Cuts it off from the world for good; what is left of it in this process ends soon. */
  Thread kill() {
    gate.kill();
    return Thread.startVirtualThread(() -> {
      runtime.close();
      gate.close();
    });
  }
}
