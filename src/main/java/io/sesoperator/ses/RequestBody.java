package io.sesoperator.ses;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.sesoperator.password.Password;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The JSON that {@code UpdateEmailSmtpPassWord} takes, made without a String of the password. */
final class RequestBody {

  /** No pool: a pooled buffer would keep the last password for as long as the process lives. */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  /** JSON writes one byte of text as six at most. */
  private static final int LONGEST_ESCAPE = 6;

  private static final int FRAME = 64;

  private RequestBody() {}

  /**
   * Exactly the two fields that SES knows: any other is an {@code UnknownParameter}. The caller
   * wipes the array.
   */
  static byte[] setPassword(String emailAddress, Password password) {
    byte[] value = password.bytes();
    int most = FRAME + LONGEST_ESCAPE * (value.length + emailAddress.length());
    try (WipingOutput out = new WipingOutput(most);
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeFieldName("Password");
      json.writeUTF8String(value, 0, value.length);
      json.writeStringField("EmailAddress", emailAddress);
      json.writeEndObject();
      json.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Has room for everything from the start, so no outgrown copy stays behind. */
  private static final class WipingOutput extends ByteArrayOutputStream {
    WipingOutput(int capacity) {
      super(capacity);
    }

    @Override
    public void close() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
