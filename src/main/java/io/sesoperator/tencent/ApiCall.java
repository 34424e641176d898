package io.sesoperator.tencent;

import java.net.URI;

/**
 * Which action of which API to call.
 *
 * @param endpoint absolute, http or https, with a host; API 3.0 has no path but {@code /}
 * @param service the name that is signed, such as {@code cvm}
 * @param version such as {@code 2017-03-12}
 */
public record ApiCall(URI endpoint, String service, String version, String region, String action) {

  /**
   * The {@code Host} header that the HTTP client of the JDK sends, and which the signature covers:
   * with the port, unless it is the scheme's own.
   */
  String host() {
    int port = endpoint.getPort();
    int schemePort = "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
    return port == -1 || port == schemePort ? endpoint.getHost() : endpoint.getHost() + ":" + port;
  }
}
