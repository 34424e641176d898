package io.sesoperator.bench;

import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Has the image's operator do what it does all day, so that the JVM writes down which classes that
 * takes and how they are laid out (https://openjdk.org/jeps/514). Not a measurement; it stands here
 * because it needs the same.
 */
public final class TrainingRun {

  private static final int CREDENTIALS = 20;

  private TrainingRun() {}

  /** Writes the cache beside the unpacked image. */
  public static void main(String[] args) throws Exception {
    UnpackedImage image = UnpackedImage.standard();
    Path cache = image.root().resolveSibling(image.cache().getFileName());
    try (Testbed bed = Testbed.open();
        World world = bed.world(ServerRules.standard());
        Fleet fleet = Fleet.of(world, 1, CREDENTIALS)) {
      OperatorProcess operator =
          OperatorProcess.startBuild(
              image.program("-XX:AOTCacheOutput=" + cache),
              bed.server().config(),
              world.settings());
      fleet.add(CREDENTIALS);
      fleet.awaitReady(CREDENTIALS);
      operator.terminate();
      operator.awaitExit();
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("The JVM wrote no " + cache);
    }
  }
}
