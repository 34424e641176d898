package io.sesoperator.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.Tc3Signer;
import io.sesoperator.tencent.Tc3Signer.Signable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The product signs, and the simulator, which shares no code with it, checks. An input has four
 * lines before the body: host, secret key, seconds, and which byte of the request is damaged.
 */
class SignatureCheckFuzzTest {

  private static final Pattern INPUT =
      Pattern.compile("([!-~]+)\n([!-~]+)\n(\\d{1,11})\n(\\d{1,5})\n(.*)", Pattern.DOTALL);
  private static final String ID = "AKIDfuzz";
  private static final String TYPE = "application/json; charset=utf-8";

  private record Signed(String authorization, String host, byte[] body, Instant time) {

    boolean isAcceptedWith(String secretKey) {
      try {
        SignatureCheck.Claim claim = SignatureCheck.claimOf(authorization);
        WireRequest request =
            new WireRequest("POST", "/", Map.of("content-type", TYPE, "host", host), body);
        return claim.secretId().equals(ID)
            && SignatureCheck.holds(claim, secretKey, request, time, false);
      } catch (Refusal _) {
        return false;
      }
    }

    /** The same request with one bit of it, counted through all its parts, the other way. */
    Signed damaged(int place) {
      int at = place % (authorization.length() + host.length() + body.length);
      if (at < authorization.length()) {
        return new Signed(damaged(authorization, at), host, body, time);
      }
      at -= authorization.length();
      if (at < host.length()) {
        return new Signed(authorization, damaged(host, at), body, time);
      }
      byte[] other = body.clone();
      other[at - host.length()] ^= 1;
      return new Signed(authorization, host, other, time);
    }

    private static String damaged(String text, int at) {
      return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
    }
  }

  @FuzzTarget
  void acceptsWhatTheProductSignsAndNothingDamaged(byte[] input) {
    Matcher parts = INPUT.matcher(new String(input, ISO_8859_1));
    if (!parts.matches()) {
      return;
    }
    String secretKey = parts.group(2);
    Instant time = Instant.ofEpochSecond(Long.parseLong(parts.group(3)));
    Signed signed = sign(parts.group(1), secretKey, time, parts.group(5).getBytes(ISO_8859_1));

    assertThat(signed.isAcceptedWith(secretKey)).isTrue();
    assertThat(signed.isAcceptedWith(secretKey + "x")).isFalse();
    assertThat(later(signed).isAcceptedWith(secretKey)).isFalse();
    assertThat(signed.damaged(Integer.parseInt(parts.group(4))).isAcceptedWith(secretKey))
        .isFalse();
  }

  private static Signed later(Signed signed) {
    return new Signed(signed.authorization, signed.host, signed.body, signed.time.plusSeconds(1));
  }

  private static Signed sign(String host, String secretKey, Instant time, byte[] body) {
    Signable signable =
        new Signable(
            "ses",
            "POST",
            "",
            Map.of("content-type", TYPE, "host", host),
            SignatureCheck.sha256(body));
    String authorization =
        Tc3Signer.authorization(signable, new Credential(ID, secretKey, Optional.empty()), time);
    return new Signed(authorization, host, body, time);
  }
}
