package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sesoperator.tencent.Tc3Signer.Signable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A, B and G are published by Tencent (Signature v3, Common Params; B's key really is asterisks).
 * The others were computed in another language for SES.
 */
class Tc3SignerTest {

  private static final Credential EXAMPLE =
      new Credential(
          "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
          "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
          Optional.empty());
  private static final Credential MASKED =
      new Credential("AKID" + "*".repeat(32), "*".repeat(32), Optional.empty());

  private static final Instant TIME = Instant.ofEpochSecond(1551113065);
  private static final String JSON = "application/json";
  private static final String JSON_UTF8 = "application/json; charset=utf-8";
  private static final String FILTERS =
      "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"],"
          + " \"Name\": \"instance-name\"}]}";
  private static final String SET_PASSWORD =
      "{\"Password\":\"Ab12Cd34Ef56\",\"EmailAddress\":\"noreply@mail.example.com\"}";
  private static final String INTL = "ses.intl.tencentcloudapi.com";

  /** One row: what is signed, by whom, when, and the two values to be reached. */
  private record Vector(
      Signable request, Credential credential, Instant time, String canonical, String signature) {

    Vector by(Credential other) {
      return new Vector(request, other, time, canonical, signature);
    }

    Vector at(long epochSecond) {
      Instant other = Instant.ofEpochSecond(epochSecond);
      return new Vector(request, credential, other, canonical, signature);
    }
  }

  static Stream<Arguments> vectors() {
    return Stream.of(
        argumentSet(
            "A",
            vector(
                post("cvm", "cvm.tencentcloudapi.com", JSON_UTF8, FILTERS),
                "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
                "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")),
        argumentSet(
            "B",
            vector(
                    alsoSigning(
                        post("cvm", "cvm.tencentcloudapi.com", JSON_UTF8, FILTERS),
                        "DescribeInstances"),
                    "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
                    "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f")
                .by(MASKED)),
        argumentSet(
            "G",
            vector(
                    new Signable(
                        "cvm",
                        "GET",
                        "Limit=10&Offset=0",
                        Map.of(
                            "content-type",
                            "application/x-www-form-urlencoded",
                            "host",
                            "cvm.tencentcloudapi.com"),
                        DigestUtils.sha256Hex("")),
                    "91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7",
                    "5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474")
                .at(1539084154)),
        argumentSet(
            "C1",
            vector(
                post("ses", INTL, JSON_UTF8, SET_PASSWORD),
                "22ea60d1cde374f19f77f0a7233aee2955dc1b1302f1e6f766a3e2a97e54fb9e",
                "230e0ee5a34e193b548ac75c3068f1db75097bd3c56d9279d88cee8e97c0cbbd")),
        argumentSet(
            "C2",
            vector(
                post("ses", INTL, JSON, SET_PASSWORD),
                "9140de0fcb0491113b3ba3c33662ed2e7a8d83db62d9b28adee798c34ba9a9c7",
                "34101069be02f482bb52817f3eb4b6695f694ee76b21cd4274ac0cb9651f21b9")),
        argumentSet(
            "C3",
            vector(
                alsoSigning(post("ses", INTL, JSON_UTF8, SET_PASSWORD), "UpdateEmailSmtpPassWord"),
                "46487c383dc55690a895f037b009faac0136343dcb3bbac4ac3ec1a7ceabe802",
                "d7863cf52b460f25a83c5b340638a2d26637a56142aed2d7473e77c6100cd67e")),
        argumentSet(
            "C4",
            vector(
                post("ses", "ses.tencentcloudapi.com", JSON_UTF8, SET_PASSWORD),
                "e5358d9a2bc34dd8c8878989281360f063a68443d46158564f3d1dc08f580363",
                "16bdd1fc23a0c8becd778ee21159edafd82d479f9503baff8483cc241aa3a0cc")),
        argumentSet(
            "C5",
            vector(
                post("ses", "localhost:8080", JSON_UTF8, SET_PASSWORD),
                "d21688b36c0754dda0b19137945b0522fd2e4cc780acfabd62fb601e72d79815",
                "9298c92a66e6b1298576750b29e1be77a9bfa7cf8479e36453dc90f3ae1316be")),
        argumentSet(
            "C6: the last second of a day in UTC",
            vector(
                    post("ses", INTL, JSON_UTF8, SET_PASSWORD),
                    "22ea60d1cde374f19f77f0a7233aee2955dc1b1302f1e6f766a3e2a97e54fb9e",
                    "5f11a2a35f97680039c3352610529b7d1877b8d03b8fdda53c1d6b0334774658")
                .at(1551139199)),
        argumentSet(
            "C7: the first second of the next day",
            vector(
                    post("ses", INTL, JSON_UTF8, SET_PASSWORD),
                    "22ea60d1cde374f19f77f0a7233aee2955dc1b1302f1e6f766a3e2a97e54fb9e",
                    "7c43529e4e55ff82cdeb93a401229288810737c56ed412ab0db083da35e0f170")
                .at(1551139200)),
        argumentSet(
            "C9",
            vector(
                post("ses", INTL, JSON_UTF8, "{}"),
                "8f6a45817c3b50000b3dd669f506fea2bde5dfa20c0ab8617ecbcde096db8c50",
                "aa4b9c5f47730ca1605fa45a2b9d0535a1d2099fa73ff2642fdc658c9504d41e")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void reachesTheKnownSignature(Vector vector) {
    String authorization = Tc3Signer.authorization(vector.request, vector.credential, vector.time);

    assertThat(DigestUtils.sha256Hex(Tc3Signer.canonicalRequest(vector.request)))
        .isEqualTo(vector.canonical);
    assertThat(authorization).endsWith(", Signature=" + vector.signature);
  }

  @Test
  void writesTheWholeHeader() {
    Signable request = post("ses", INTL, JSON_UTF8, SET_PASSWORD);

    assertThat(Tc3Signer.authorization(request, EXAMPLE, Instant.ofEpochSecond(1551139200)))
        .isEqualTo(
            "TC3-HMAC-SHA256"
                + " Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-26/ses/tc3_request,"
                + " SignedHeaders=content-type;host,"
                + " Signature=7c43529e4e55ff82cdeb93a401229288810737c56ed412ab0db083da35e0f170");
  }

  @Test
  void derivesTheKnownKeys() {
    assertThat(hex(Tc3Signer.signingKey("cvm", EXAMPLE, TIME)))
        .isEqualTo("ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1");
    assertThat(hex(Tc3Signer.signingKey("cvm", MASKED, TIME)))
        .isEqualTo("b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af");
    assertThat(hex(Tc3Signer.signingKey("ses", EXAMPLE, TIME)))
        .isEqualTo("ce3fe16c64cb195295204efb152d14e901811419a03fe203d25fd2512aa9f4bb");
  }

  @Test
  void writesTheCanonicalRequestOfTheDocument() {
    assertThat(
            Tc3Signer.canonicalRequest(post("cvm", "cvm.tencentcloudapi.com", JSON_UTF8, FILTERS)))
        .isEqualTo(
            """
            POST
            /

            content-type:application/json; charset=utf-8
            host:cvm.tencentcloudapi.com

            content-type;host
            35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064\
            """);
  }

  @Test
  void signsHeadersInLowerCaseSortedAndTrimmed() {
    Signable request =
        new Signable(
            "ses",
            "POST",
            "",
            Map.of("X-TC-Action", " ListEmailAddress ", "HOST", "SES.I", "Content-Type", JSON),
            "00");

    assertThat(Tc3Signer.canonicalRequest(request))
        .contains("\ncontent-type:application/json\nhost:ses.i\nx-tc-action:listemailaddress\n\n")
        .contains("\ncontent-type;host;x-tc-action\n");
  }

  private static Signable post(String service, String host, String contentType, String body) {
    return new Signable(
        service,
        "POST",
        "",
        Map.of("content-type", contentType, "host", host),
        DigestUtils.sha256Hex(body.getBytes(UTF_8)));
  }

  private static Signable alsoSigning(Signable request, String action) {
    Map<String, String> headers =
        Map.of(
            "content-type",
            request.headers().get("content-type"),
            "host",
            request.headers().get("host"),
            "x-tc-action",
            action);
    return new Signable(
        request.service(), request.method(), request.query(), headers, request.payloadSha256());
  }

  private static Vector vector(Signable request, String canonical, String signature) {
    return new Vector(request, EXAMPLE, TIME, canonical, signature);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
