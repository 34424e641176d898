package io.sesoperator.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * TC3-HMAC-SHA256 from the server's side ("Signature v3",
 * https://www.tencentcloud.com/document/product/1084/39391). Everything is computed from what was
 * received: the {@code Host} header above all, for it differs from client to client.
 */
final class SignatureCheck {

  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String SERVICE = "ses";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " Credential=([^/,\\s]+)/(\\d{4}-\\d{2}-\\d{2})/([^/,\\s]+)/tc3_request, ?"
              + "SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  /** What an {@code Authorization} header claims. */
  record Claim(
      String secretId, String date, String service, String signedHeaders, String signature) {

    List<String> headerNames() {
      return List.of(signedHeaders.split(";", -1));
    }
  }

  private SignatureCheck() {}

  /**
   * Reads an {@code Authorization} header.
   *
   * @throws Refusal if it isn't one, is for another product, or leaves out a header that must be
   *     signed
   */
  static Claim claimOf(String authorization) throws Refusal {
    Claim claim = parse(authorization);
    List<String> names = claim.headerNames();
    boolean sorted = List.copyOf(new TreeSet<>(names)).equals(names);
    if (!claim.service().equals(SERVICE)
        || !sorted
        || !names.contains("content-type")
        || !names.contains("host")) {
      throw Refusal.invalidAuthorization();
    }
    return claim;
  }

  /** Reads an {@code Authorization} header of any product. */
  static Claim parse(String authorization) throws Refusal {
    Matcher matcher = AUTHORIZATION.matcher(authorization);
    if (!matcher.matches()) {
      throw Refusal.invalidAuthorization();
    }
    return new Claim(
        matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5));
  }

  /** Whether the holder of this key signed this request for this second. */
  static boolean holds(
      Claim claim, String secretKey, WireRequest request, Instant timestamp, boolean unsignedToo) {
    boolean unsigned =
        unsignedToo && request.header("x-tc-content-sha256").filter(UNSIGNED::equals).isPresent();
    String payloadHash =
        unsigned ? sha256(UNSIGNED.getBytes(StandardCharsets.US_ASCII)) : payloadHash(request);
    String canonical = canonicalRequest(request, claim, payloadHash);
    return claim.date().equals(utcDate(timestamp))
        && MessageDigest.isEqual(
            signature(claim, secretKey, timestamp, canonical).getBytes(StandardCharsets.US_ASCII),
            claim.signature().getBytes(StandardCharsets.US_ASCII));
  }

  static String payloadHash(WireRequest request) {
    return sha256(request.method().equals("GET") ? new byte[0] : request.body());
  }

  /** The string whose hash is signed. A header that is signed but was not sent is empty in it. */
  static String canonicalRequest(WireRequest request, Claim claim, String payloadHash) {
    StringBuilder headers = new StringBuilder();
    for (String name : claim.headerNames()) {
      String value = request.header(name).orElse("").toLowerCase(Locale.ROOT);
      headers.append(name).append(':').append(value).append('\n');
    }
    return String.join(
        "\n",
        request.method(),
        "/",
        request.method().equals("GET") ? request.query() : "",
        headers,
        claim.signedHeaders(),
        payloadHash);
  }

  static String signature(
      Claim claim, String secretKey, Instant timestamp, String canonicalRequest) {
    String scope = claim.date() + "/" + claim.service() + "/tc3_request";
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            Long.toString(timestamp.getEpochSecond()),
            scope,
            sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(hmac(signingKey(claim, secretKey), toSign));
  }

  private static byte[] signingKey(Claim claim, String secretKey) {
    byte[] date = hmac(("TC3" + secretKey).getBytes(StandardCharsets.UTF_8), claim.date());
    return hmac(hmac(date, claim.service()), "tc3_request");
  }

  static String utcDate(Instant timestamp) {
    return timestamp.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
