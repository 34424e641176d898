package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** The signature TC3-HMAC-SHA256 of API 3.0 (https://cloud.tencent.com/document/api/213/30654). */
public final class Tc3Signer {

  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String SCOPE_END = "tc3_request";

  private Tc3Signer() {}

  /**
   * What a signature covers.
   *
   * @param service the product, which is also the first label of its host, such as {@code cvm}
   * @param query what follows the {@code ?}, URL-encoded; empty for POST
   * @param headers at least {@code content-type} and {@code host}, as they are sent; all are signed
   * @param payloadSha256 lower-case hexadecimal SHA-256 of the body, byte for byte as it is sent
   */
  public record Signable(
      String service,
      String method,
      String query,
      Map<String, String> headers,
      String payloadSha256) {}

  /**
   * The {@code Authorization} header.
   *
   * @param time the one that is sent as {@code X-TC-Timestamp}, in whole seconds
   */
  public static String authorization(Signable request, Credential credential, Instant time) {
    return ALGORITHM
        + (" Credential=" + credential.secretId() + "/" + scope(request, time))
        + (", SignedHeaders=" + signedHeaders(canonicalHeaders(request)))
        + (", Signature=" + signature(request, credential, time));
  }

  static String canonicalRequest(Signable request) {
    SortedMap<String, String> headers = canonicalHeaders(request);
    String headerLines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        "/", // API 3.0 has no other path
        request.query(),
        headerLines,
        signedHeaders(headers),
        request.payloadSha256());
  }

  static byte[] signingKey(String service, Credential credential, Instant time) {
    byte[] dateKey = hmac(("TC3" + credential.secretKey()).getBytes(UTF_8), date(time));
    return hmac(hmac(dateKey, service), SCOPE_END);
  }

  private static String signature(Signable request, Credential credential, Instant time) {
    String stringToSign =
        String.join(
            "\n",
            ALGORITHM,
            Long.toString(time.getEpochSecond()),
            scope(request, time),
            DigestUtils.sha256Hex(canonicalRequest(request)));
    byte[] key = signingKey(request.service(), credential, time);
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(stringToSign);
  }

  private static String scope(Signable request, Instant time) {
    return date(time) + "/" + request.service() + "/" + SCOPE_END;
  }

  // The day in UTC: with a local one, calls "will definitely fail at 00:00", says the page above.
  private static String date(Instant time) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC));
  }

  private static SortedMap<String, String> canonicalHeaders(Signable request) {
    SortedMap<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(canonical(name), canonical(value)));
    return headers;
  }

  private static String signedHeaders(SortedMap<String, String> headers) {
    return String.join(";", headers.keySet());
  }

  private static String canonical(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static byte[] hmac(byte[] key, String text) {
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(text);
  }
}
