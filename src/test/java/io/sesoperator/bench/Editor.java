package io.sesoperator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Changes the Secrets of a fleet, and notes when. */
final class Editor {

  private static final int AT_ONCE = 8;

  private final World world;
  private final Fleet fleet;
  private final Clock clock;

  Editor(World world, Fleet fleet, Clock clock) {
    this.world = world;
    this.fleet = fleet;
    this.clock = clock;
  }

  /** One change: when it was sent, and when the API server had taken it. */
  record Edit(int number, int round, Instant sent, Instant acknowledged) {}

  /** Writes this round's password into one Secret. */
  Edit edit(int number, int round) {
    String secret = "/api/v1/namespaces/" + fleet.namespace() + "/secrets/" + fleet.name(number);
    String edited =
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"%s"},"data":{"password":"%s"}}\
        """
            .formatted(fleet.name(number), encoded(fleet.password(number, round)));

    // not by the client's own methods: most of them send a GET before
    Instant sent = clock.instant();
    world.client().raw(secret, "PUT", edited);
    return new Edit(number, round, sent, clock.instant());
  }

  /** Writes this round's password into the first so many Secrets, as fast as they are taken. */
  List<Edit> editAll(int size, int round) {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Edit>> submitted =
          IntStream.range(0, size)
              .mapToObj(number -> workers.submit(() -> edit(number, round)))
              .toList();
      List<Edit> edits = new ArrayList<>();
      for (Future<Edit> one : submitted) {
        edits.add(one.get());
      }
      return edits;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
