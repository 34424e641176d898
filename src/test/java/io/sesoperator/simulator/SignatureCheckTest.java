package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the signature equal to Tencent's published examples (vectors A, B and G of "Signature v3"
 * and "Common Params") and to vectors of our own, made by other implementations.
 */
class SignatureCheckTest {

  private static final String ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
  private static final String KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
  private static final String CHARSET = "application/json; charset=utf-8";
  private static final String LIMIT_BODY =
      "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";
  private static final String UPDATE_BODY =
      "{\"Password\":\"Ab12Cd34Ef56\",\"EmailAddress\":\"noreply@mail.example.com\"}";

  private static WireRequest post(String host, String type, String action, String body) {
    return new WireRequest(
        "POST",
        "/",
        Map.of("host", host, "content-type", type, "x-tc-action", action),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static SignatureCheck.Claim claim(
      String service, long timestamp, String names, String signature) {
    String date = SignatureCheck.utcDate(Instant.ofEpochSecond(timestamp));
    return new SignatureCheck.Claim(ID, date, service, names, signature);
  }

  private static String canonicalHash(WireRequest request, SignatureCheck.Claim claim) {
    String canonical =
        SignatureCheck.canonicalRequest(request, claim, SignatureCheck.payloadHash(request));
    return SignatureCheck.sha256(canonical.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void agreesWithThePublishedExample() {
    WireRequest request = post("cvm.tencentcloudapi.com", CHARSET, "DescribeInstances", LIMIT_BODY);
    SignatureCheck.Claim claim =
        claim(
            "cvm",
            1551113065,
            "content-type;host",
            "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");

    assertThat(canonicalHash(request, claim))
        .isEqualTo("5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031");
    assertThat(SignatureCheck.holds(claim, KEY, request, Instant.ofEpochSecond(1551113065), false))
        .isTrue();
  }

  @Test
  void agreesWithThePublishedExampleThatSignsTheAction() {
    String key = "*".repeat(32);
    WireRequest request = post("cvm.tencentcloudapi.com", CHARSET, "DescribeInstances", LIMIT_BODY);
    SignatureCheck.Claim claim =
        claim(
            "cvm",
            1551113065,
            "content-type;host;x-tc-action",
            "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");

    assertThat(canonicalHash(request, claim))
        .isEqualTo("7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");
    assertThat(SignatureCheck.holds(claim, key, request, Instant.ofEpochSecond(1551113065), false))
        .isTrue();
    byte[] date = SignatureCheck.hmac(("TC3" + key).getBytes(StandardCharsets.UTF_8), "2019-02-25");
    byte[] service = SignatureCheck.hmac(date, "cvm");
    assertThat(HexFormat.of().formatHex(date))
        .isEqualTo("da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0");
    assertThat(HexFormat.of().formatHex(service))
        .isEqualTo("8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f");
    assertThat(HexFormat.of().formatHex(SignatureCheck.hmac(service, "tc3_request")))
        .isEqualTo("b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af");
  }

  @Test
  void agreesWithThePublishedGetExample() {
    WireRequest request =
        new WireRequest(
            "GET",
            "/?Limit=10&Offset=0",
            Map.of(
                "host",
                "cvm.tencentcloudapi.com",
                "content-type",
                "application/x-www-form-urlencoded"),
            new byte[0]);
    SignatureCheck.Claim claim =
        claim(
            "cvm",
            1539084154,
            "content-type;host",
            "5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474");

    assertThat(canonicalHash(request, claim))
        .isEqualTo("91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7");
    assertThat(SignatureCheck.holds(claim, KEY, request, Instant.ofEpochSecond(1539084154), false))
        .isTrue();
  }

  @ParameterizedTest(name = "C{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | ses.intl.tencentcloudapi.com | application/json; charset=utf-8 | UpdateEmailSmtpPassWord | content-type;host             | 1551113065 | 22ea60d1cde374f19f77f0a7233aee2955dc1b1302f1e6f766a3e2a97e54fb9e | 230e0ee5a34e193b548ac75c3068f1db75097bd3c56d9279d88cee8e97c0cbbd
          2 | ses.intl.tencentcloudapi.com | application/json                | UpdateEmailSmtpPassWord | content-type;host             | 1551113065 | 9140de0fcb0491113b3ba3c33662ed2e7a8d83db62d9b28adee798c34ba9a9c7 | 34101069be02f482bb52817f3eb4b6695f694ee76b21cd4274ac0cb9651f21b9
          3 | ses.intl.tencentcloudapi.com | application/json; charset=utf-8 | UpdateEmailSmtpPassWord | content-type;host;x-tc-action | 1551113065 | 46487c383dc55690a895f037b009faac0136343dcb3bbac4ac3ec1a7ceabe802 | d7863cf52b460f25a83c5b340638a2d26637a56142aed2d7473e77c6100cd67e
          4 | ses.tencentcloudapi.com      | application/json; charset=utf-8 | UpdateEmailSmtpPassWord | content-type;host             | 1551113065 | e5358d9a2bc34dd8c8878989281360f063a68443d46158564f3d1dc08f580363 | 16bdd1fc23a0c8becd778ee21159edafd82d479f9503baff8483cc241aa3a0cc
          5 | localhost:8080               | application/json; charset=utf-8 | UpdateEmailSmtpPassWord | content-type;host             | 1551113065 | d21688b36c0754dda0b19137945b0522fd2e4cc780acfabd62fb601e72d79815 | 9298c92a66e6b1298576750b29e1be77a9bfa7cf8479e36453dc90f3ae1316be
          6 | ses.intl.tencentcloudapi.com | application/json; charset=utf-8 | UpdateEmailSmtpPassWord | content-type;host             | 1551139199 | 22ea60d1cde374f19f77f0a7233aee2955dc1b1302f1e6f766a3e2a97e54fb9e | 5f11a2a35f97680039c3352610529b7d1877b8d03b8fdda53c1d6b0334774658
          7 | ses.intl.tencentcloudapi.com | application/json; charset=utf-8 | UpdateEmailSmtpPassWord | content-type;host             | 1551139200 | 22ea60d1cde374f19f77f0a7233aee2955dc1b1302f1e6f766a3e2a97e54fb9e | 7c43529e4e55ff82cdeb93a401229288810737c56ed412ab0db083da35e0f170
          9 | ses.intl.tencentcloudapi.com | application/json; charset=utf-8 | ListEmailAddress        | content-type;host             | 1551113065 | 8f6a45817c3b50000b3dd669f506fea2bde5dfa20c0ab8617ecbcde096db8c50 | aa4b9c5f47730ca1605fa45a2b9d0535a1d2099fa73ff2642fdc658c9504d41e
          """)
  void agreesWithOtherImplementations(
      int number,
      String host,
      String type,
      String action,
      String names,
      long timestamp,
      String hash,
      String signature) {
    WireRequest request = post(host, type, action, number == 9 ? "{}" : UPDATE_BODY);
    SignatureCheck.Claim claim = claim("ses", timestamp, names, signature);

    assertThat(canonicalHash(request, claim)).isEqualTo(hash);
    assertThat(SignatureCheck.holds(claim, KEY, request, Instant.ofEpochSecond(timestamp), false))
        .isTrue();
  }

  @Test
  void refusesAnythingElseThanWhatWasSigned() {
    Instant time = Instant.ofEpochSecond(1551113065);
    String host = "ses.intl.tencentcloudapi.com";
    WireRequest request = post(host, CHARSET, "UpdateEmailSmtpPassWord", UPDATE_BODY);
    SignatureCheck.Claim claim =
        claim(
            "ses",
            1551113065,
            "content-type;host",
            "230e0ee5a34e193b548ac75c3068f1db75097bd3c56d9279d88cee8e97c0cbbd");

    assertThat(SignatureCheck.holds(claim, KEY + "x", request, time, false)).isFalse();
    assertThat(SignatureCheck.holds(claim, KEY, request, time.plusSeconds(1), false)).isFalse();
    assertThat(
            SignatureCheck.holds(
                claim, KEY, post(host, CHARSET, "", UPDATE_BODY + " "), time, false))
        .isFalse();
    assertThat(
            SignatureCheck.holds(
                claim, KEY, post(host + ":443", CHARSET, "", UPDATE_BODY), time, false))
        .isFalse();
    assertThat(
            SignatureCheck.holds(
                claim, KEY, post(host, "application/json", "", UPDATE_BODY), time, false))
        .isFalse();
  }

  @Test
  void refusesADateThatIsNotTheTimestampsThoughItIsSigned() {
    Instant time = Instant.ofEpochSecond(1551113065);
    WireRequest request = post("ses.intl.tencentcloudapi.com", CHARSET, "", UPDATE_BODY);
    SignatureCheck.Claim nextDay = claim("ses", 1551139200, "content-type;host", "");
    String canonical =
        SignatureCheck.canonicalRequest(request, nextDay, SignatureCheck.payloadHash(request));
    String signature = SignatureCheck.signature(nextDay, KEY, time, canonical);

    SignatureCheck.Claim claim = claim("ses", 1551139200, "content-type;host", signature);

    assertThat(SignatureCheck.holds(claim, KEY, request, time, false)).isFalse();
  }

  @Test
  void readsTheCredentialOfAnAuthorization() throws Refusal {
    SignatureCheck.Claim claim = SignatureCheck.claimOf(authorization("ses", "content-type;host"));

    assertThat(claim.secretId()).isEqualTo("AKIDx");
    assertThat(claim.date()).isEqualTo("2019-02-25");
    assertThat(claim.signature()).isEqualTo("0".repeat(64));
  }

  private static String authorization(String service, String names) {
    return "TC3-HMAC-SHA256 Credential=AKIDx/2019-02-25/%s/tc3_request, SignedHeaders=%s, Signature=%s"
        .formatted(service, names, "0".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-type",
        "host",
        "host;content-type",
        "content-type;host;host",
        "Content-Type;Host"
      })
  void insistsOnTheHeadersThatMustBeSigned(String names) {
    assertThat(codeOf(authorization("ses", names))).isEqualTo("AuthFailure.InvalidAuthorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SKIP",
        "Bearer x",
        "TC3-HMAC-SHA256",
        "TC3-HMAC-SHA1 Credential=a/2019-02-25/ses/tc3_request, SignedHeaders=content-type;host, Signature=00",
        "TC3-HMAC-SHA256 Credential=a/20190225/ses/tc3_request, SignedHeaders=content-type;host, Signature=0000000000000000000000000000000000000000000000000000000000000000",
        "TC3-HMAC-SHA256 Credential=a/2019-02-25/ses/aws4_request, SignedHeaders=content-type;host, Signature=0000000000000000000000000000000000000000000000000000000000000000",
        "TC3-HMAC-SHA256 Credential=a/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=0000000000000000000000000000000000000000000000000000000000000000"
      })
  void refusesAnAuthorizationOfAnotherForm(String header) {
    assertThat(codeOf(header)).isEqualTo("AuthFailure.InvalidAuthorization");
  }

  private static String codeOf(String header) {
    return catchThrowableOfType(Refusal.class, () -> SignatureCheck.claimOf(header)).code();
  }
}
