package broken.sesoperator.plan;

import broken.sesoperator.api.Upward;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.LoggerFactory;

/** Decides by the time of day, looks into files and talks about it. */
public final class Clockwork {
  Object decide() {
    LoggerFactory.getLogger("plan").info("{}", Files.exists(Path.of("/")));
    return Instant.now().isAfter(Instant.MIN) ? new Upward() : "";
  }
}
