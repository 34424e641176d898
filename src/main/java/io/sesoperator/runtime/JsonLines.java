package io.sesoperator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * Each event as one flat JSON object on a line of its own, as named in {@code logback.xml}. A value
 * is what its {@code toString} says, never what its getters would: some hold back more than that.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

  /** Passes are threads by the thousand, and a pool has buffers for each. */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      write(event, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static void write(ILoggingEvent event, JsonGenerator json) throws IOException {
    json.writeStringField("timestamp", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    json.writeStringField("level", event.getLevel().toString());
    json.writeStringField("logger", event.getLoggerName());
    json.writeStringField("message", event.getFormattedMessage());
    for (KeyValuePair pair : pairs(event)) {
      json.writeStringField(pair.key, String.valueOf(pair.value));
    }
    Optional<IThrowableProxy> thrown = Optional.ofNullable(event.getThrowableProxy());
    if (thrown.isPresent()) {
      json.writeStringField("stackTrace", ThrowableProxyUtil.asString(thrown.get()));
    }
    json.writeStringField("thread", event.getThreadName());
    json.writeObjectFieldStart("context");
    for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static List<KeyValuePair> pairs(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
  }
}
