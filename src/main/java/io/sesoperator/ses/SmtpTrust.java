package io.sesoperator.ses;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom a TLS client believes: the JVM's authorities, and perhaps more. */
final class SmtpTrust {

  private SmtpTrust() {}

  static SSLContext ofTheJvm() {
    return with(List.of());
  }

  /**
   * The JVM's authorities and these.
   *
   * @throws IllegalArgumentException if there is no certificate in the text
   */
  static SSLContext withPem(String pem) {
    try {
      var more =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (more.isEmpty()) {
        throw new IllegalArgumentException("There is no certificate in it");
      }
      return with(more);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("Not a certificate as PEM", e);
    }
  }

  private static SSLContext with(Collection<X509Certificate> more) {
    try {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      int number = 0;
      for (X509Certificate one :
          Stream.concat(authoritiesOfTheJvm().stream(), more.stream()).toList()) {
        all.setCertificateEntry("ca-" + number++, one);
      }
      TrustManagerFactory trusted = factory();
      trusted.init(all);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Every Java platform has TLS and PKCS12", e);
    }
  }

  private static List<X509Certificate> authoritiesOfTheJvm() throws GeneralSecurityException {
    TrustManagerFactory trusted = factory();
    trusted.init((KeyStore) null);
    return Stream.of(trusted.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
        .toList();
  }

  private static TrustManagerFactory factory() throws GeneralSecurityException {
    return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
  }
}
