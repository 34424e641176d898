package io.sesoperator.faults;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A server that requests are passed on to. */
interface Upstream {

  Wire connect() throws IOException;

  /** A server that speaks plain HTTP. */
  static Upstream plain(URI address) {
    return () -> new Wire(new Socket(address.getHost(), address.getPort()));
  }

  /** The API server that {@code config} names, over TLS. */
  static Upstream apiServer(Config config) {
    URI address = URI.create(config.getMasterUrl());
    SSLSocketFactory tls = trusting(Base64.getDecoder().decode(config.getCaCertData()));
    return () -> {
      Socket transport = new Socket(address.getHost(), address.getPort());
      return new Wire(
          transport, tls.createSocket(transport, address.getHost(), address.getPort(), false));
    };
  }

  private static SSLSocketFactory trusting(byte[] pem) {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("server", certificate);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
