package io.sesoperator.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why an API server cannot be asked; the client itself only says that an error has occurred. */
final class Unreachable {

  private static final int UNAUTHORIZED = 401;

  private Unreachable() {}

  /** In one line, with the server's address; absent if the server did answer the question. */
  static Optional<String> inWords(KubernetesClientException e, Config config) {
    String server = "the API server at " + config.getMasterUrl();
    if (e.getCode() == UNAUTHORIZED) {
      return Optional.of(server + " does not accept your credentials");
    }
    return e.getCode() > 0 ? Optional.empty() : Optional.of("cannot reach " + server + cause(e));
  }

  private static String cause(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .filter(IOException.class::isInstance)
        .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
        .findFirst()
        .map(message -> ": " + message.replaceAll("\\s+", " "))
        .orElse("");
  }
}
