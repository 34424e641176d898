package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.password.Password;
import java.io.IOException;
import java.util.Arrays;

/** An input is an address, a line ending and a password. */
class RequestBodyFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTarget
  void saysExactlyTheTwoFields(byte[] input) throws IOException {
    int end = new String(input, ISO_8859_1).indexOf('\n');
    if (end < 0) {
      return;
    }
    String address = new String(input, 0, end, ISO_8859_1);
    byte[] value = Arrays.copyOfRange(input, end + 1, input.length);
    String text = new String(value, UTF_8);

    byte[] body = RequestBody.setPassword(address, Password.of(value.clone()));

    if (Arrays.equals(text.getBytes(UTF_8), value)) {
      assertThat(JSON.readTree(body))
          .isEqualTo(JSON.createObjectNode().put("Password", text).put("EmailAddress", address));
    }
  }
}
