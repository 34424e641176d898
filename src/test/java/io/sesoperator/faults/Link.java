package io.sesoperator.faults;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A connection to a server, made when it is first needed. */
final class Link {

  private final Upstream server;
  private final Consumer<Wire> register;
  private Optional<Wire> wire = Optional.empty();

  /** One that tells of its connection, for whoever may have to reset it. */
  Link(Upstream server, Consumer<Wire> register) {
    this.server = server;
    this.register = register;
  }

  HttpMessage exchange(HttpMessage request) throws IOException {
    Wire open = connect();
    open.write(request.bytes());
    return HttpMessage.readAnswer(open.in());
  }

  Wire connect() throws IOException {
    if (wire.isEmpty()) {
      wire = Optional.of(server.connect());
      register.accept(wire.get());
    }
    return wire.get();
  }

  void reset() {
    wire.ifPresent(Wire::reset);
  }
}
