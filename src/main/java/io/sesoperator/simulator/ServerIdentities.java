package io.sesoperator.simulator;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Who the server says it is: rightly, or as a fault wants it. Made when first needed. */
final class ServerIdentities {

  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  private final List<String> names;
  private final Map<Optional<SmtpFault>, SSLContext> contexts = new ConcurrentHashMap<>();
  private Optional<CertificateAuthority> authority = Optional.empty();

  /** Besides its loopback names, the server has this one. */
  ServerIdentities(String name) {
    Set<String> all = new LinkedHashSet<>(List.of(name, "localhost", "127.0.0.1", "::1"));
    this.names = List.copyOf(all);
  }

  synchronized CertificateAuthority authority() {
    if (authority.isEmpty()) {
      authority = Optional.of(CertificateAuthority.create());
    }
    return authority.get();
  }

  SSLContext right() {
    return contexts.computeIfAbsent(
        Optional.empty(), _ -> context(names, CertificateAuthority.END));
  }

  /** For a name that the server doesn't have. */
  SSLContext wrongName() {
    return contexts.computeIfAbsent(
        Optional.of(SmtpFault.WRONG_NAME),
        _ -> context(List.of("somebody-else.invalid"), CertificateAuthority.END));
  }

  SSLContext expired() {
    return contexts.computeIfAbsent(Optional.of(SmtpFault.EXPIRED), _ -> context(names, LONG_AGO));
  }

  private SSLContext context(List<String> certified, Instant end) {
    try {
      CertificateAuthority.Identity identity = authority().issue(certified, end);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      store.setKeyEntry(
          "server",
          identity.key(),
          new char[0],
          new Certificate[] {identity.certificate(), authority().certificate()});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("Every Java platform has TLS and PKCS12", e);
    }
  }
}
