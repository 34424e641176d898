package io.sesoperator.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All ways between one operator and the world: to the API server, and to SES, for which the gate
 * puts its own address into what the operator reads of accounts. It sees whole requests, so it can
 * stop the operator just before or after any of them, for good or for a while.
 */
final class Gate implements AutoCloseable {

  /** About one connection only, or an offer to go on with HTTP/2. */
  private static final Set<String> HOP_BY_HOP = Set.of("Connection", "Upgrade", "HTTP2-Settings");

  private static final int OK = 200;
  private static final int SWITCHING_PROTOCOLS = 101;

  private static final String EXPIRED =
      """
      {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},\
      "status":"Failure","message":"too old resource version","reason":"Expired","code":410}}\
      """;

  private final Wiring world;
  private final Weather weather;
  private final Ledger.Page page;
  private final Sentry sentry = new Sentry();
  private final ServerSocket api = listen();
  private final ServerSocket ses = listen();
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private final CountDownLatch dead = new CountDownLatch(1);
  private final AtomicInteger checks = new AtomicInteger();
  private final Valve valve = new Valve();
  private final Valve leaseValve = new Valve();

  Gate(Wiring world, Weather weather) {
    this.world = world;
    this.weather = weather;
    this.page = world.ledger().new Page();
    Steps steps = new Steps();
    Door toApi =
        new Door(
            world.api(), steps::ofApi, request -> world.sabotage().apply(withoutHops(request)));
    Door toSes = new Door(world.ses(), steps::ofSes, Gate::withoutHops);
    Thread.startVirtualThread(() -> accept(api, toApi));
    Thread.startVirtualThread(() -> accept(ses, toSes));
  }

  /** How to connect through this gate instead. */
  Config through(Config config) {
    return new ConfigBuilder(config).withMasterUrl(address(api) + "/").build();
  }

  Sentry sentry() {
    return sentry;
  }

  /** How many checks of accounts were answered. */
  int checks() {
    return checks.get();
  }

  /**
   * From now on nothing gets in or out any more, as after a SIGKILL; what stands still waits to be
   * told what becomes of it.
   */
  void kill() {
    dead.countDown();
    wires.forEach(Wire::reset);
    resume();
    leaseValve.open();
  }

  /** Nothing gets in or out until {@link #resume}, and the operator gets no sign of that. */
  void pause() {
    valve.shut();
    leaseValve.shut();
  }

  /** Lets all go on but the Lease's traffic, so that the operator does not hear of its loss. */
  void resume() {
    valve.open();
  }

  /** To be closed when the operator has ended: its port may be another one's then. */
  @Override
  public void close() {
    kill();
    close(api);
    close(ses);
  }

  private void accept(ServerSocket listener, Door door) {
    while (!listener.isClosed()) {
      try {
        Wire client = new Wire(listener.accept());
        register(client);
        Thread.startVirtualThread(() -> serve(client, door));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void register(Wire wire) {
    wires.add(wire);
    if (isDead()) {
      wire.reset();
    }
  }

  private void serve(Wire client, Door door) {
    Link server = new Link(door.server(), this::register);
    try {
      Optional<HttpMessage> request = HttpMessage.readRequest(client.in());
      while (request.isPresent()) {
        if (request.get().opensWebSocket()) {
          watch(request.get(), client, server);
          return;
        }
        relay(request.get(), client, server, door);
        request = HttpMessage.readRequest(client.in());
      }
    } catch (IOException _) {
      // one side is gone, and so is the other now
    } finally {
      client.reset();
      server.reset();
      wires.remove(client);
    }
  }

  private void relay(HttpMessage request, Wire client, Link server, Door door) throws IOException {
    Optional<Step> step = door.steps().apply(request).map(sentry::enter);
    try {
      step.ifPresent(made -> note(made, request));
      valveOf(request).pass();
      leave(request, client, step, door);
      HttpMessage answer = translated(request, server.exchange(door.outward().apply(request)));
      step.ifPresent(made -> note(made, request, answer));
      arrive(answer, client, step);
      valveOf(request).pass();
      client.write(answer.bytes());
      if (Steps.isCheck(request)) {
        checks.incrementAndGet();
      }
    } finally {
      step.ifPresent(_ -> sentry.leave());
    }
  }

  private void leave(HttpMessage request, Wire client, Optional<Step> step, Door door)
      throws IOException {
    try {
      pass(step, Moment.BEFORE);
    } catch (Severed severed) {
      client.reset();
      Thread.startVirtualThread(() -> deliver(request, step, severed.freeze(), door));
      throw severed;
    }
    if (isDead()) {
      throw new IOException("Dead");
    }
  }

  /** What the network has kept, if it keeps it. */
  private void deliver(HttpMessage request, Optional<Step> step, Freeze freeze, Door door) {
    try {
      if (freeze.awaitDelivery()) {
        Link link = new Link(door.server(), _ -> {});
        HttpMessage answer = link.exchange(door.outward().apply(request));
        step.ifPresent(made -> note(made, request, answer));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      freeze.delivered();
    }
  }

  private void arrive(HttpMessage answer, Wire client, Optional<Step> step) throws IOException {
    try {
      pass(step, Moment.AFTER);
    } catch (Severed severed) {
      if (severed.freeze().isHalved()) {
        byte[] whole = answer.bytes();
        client.write(Arrays.copyOf(whole, whole.length / 2));
      }
      throw severed;
    }
  }

  private void pass(Optional<Step> step, Moment moment) throws Severed {
    if (step.isPresent()) {
      sentry.pass(step.get(), moment);
    }
  }

  private void note(Step step, HttpMessage request) {
    if (step.request().startsWith(Step.CALL)) {
      page.called(step.credential(), world.values().numberOf(Steps.password(request)));
    } else if (step.writesStatus()) {
      page.writes(step.credential());
    }
  }

  private void note(Step step, HttpMessage request, HttpMessage answer) {
    if (step.writesStatus() && answer.status() == OK) {
      page.stored(step.credential(), Steps.memory(request));
    }
  }

  private void watch(HttpMessage request, Wire client, Link link) throws IOException {
    Wire server = link.connect();
    server.write(request.bytes());
    HttpMessage answer = HttpMessage.readAnswer(server.in());
    client.write(answer.bytes());
    if (answer.status() == SWITCHING_PROTOCOLS) {
      Thread.startVirtualThread(() -> copy(client, server));
      while (true) {
        pass(Frame.read(server.in()).mapText(text -> translated(request, text)), client);
      }
    }
  }

  private void pass(Frame frame, Wire client) throws IOException {
    if (!frame.isText()) {
      client.write(frame.bytes());
      return;
    }
    dieWithin(weather.delay());
    valve.pass();
    switch (weather.treatment()) {
      case NOTHING -> client.write(frame.bytes());
      case TWICE -> {
        client.write(frame.bytes());
        client.write(frame.bytes());
      }
      case CUT -> throw new IOException("Cut");
      case GONE -> {
        client.write(Frame.ofText(EXPIRED).bytes());
        throw new IOException("Gone");
      }
    }
  }

  private void dieWithin(Duration delay) throws IOException {
    try {
      if (dead.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("Dead");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void copy(Wire from, Wire to) {
    byte[] buffer = new byte[4096];
    try {
      for (int count = from.in().read(buffer); count >= 0; count = from.in().read(buffer)) {
        to.write(Arrays.copyOf(buffer, count));
      }
    } catch (IOException _) {
      // one side is gone
    } finally {
      to.reset();
    }
  }

  private HttpMessage translated(HttpMessage request, HttpMessage answer) {
    return answer.mapBody(body -> translated(request, body));
  }

  private String translated(HttpMessage request, String text) {
    return request.path().contains("/sesaccounts")
        ? text.replace(world.sesAddress(), address(ses))
        : text;
  }

  private Valve valveOf(HttpMessage request) {
    return request.path().contains("/leases") ? leaseValve : valve;
  }

  private boolean isDead() {
    return dead.getCount() == 0;
  }

  private static HttpMessage withoutHops(HttpMessage request) {
    return request.without(HOP_BY_HOP);
  }

  private static String address(ServerSocket listener) {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket listener) {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
