package io.sesoperator.tencent;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Which endpoints may be called: plain http shows what is sent to everybody on the way, so beyond
 * loopback it must be allowed.
 */
public record EndpointRule(boolean insecureAllowed) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The endpoint, unless it is none or may not be called. */
  public Optional<URI> accept(String endpoint) {
    return uri(endpoint)
        .filter(uri -> uri.getHost() != null && uri.getUserInfo() == null)
        .filter(this::isSecureEnough);
  }

  private boolean isSecureEnough(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme())
            && (insecureAllowed || LOOPBACK.contains(uri.getHost())));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
