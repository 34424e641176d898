package io.sesoperator.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import net.logstash.logback.decorate.JsonGeneratorDecorator;

/**
 * Writes the values of a log line by their {@code toString}, as named in {@code logback.xml}.
 * Without it, Jackson writes all that an object's getters return, also what its {@code toString}
 * holds back, and a line with a value that Jackson does not know is lost.
 */
public final class LogValuesAsText implements JsonGeneratorDecorator {

  @Override
  public JsonGenerator decorate(JsonGenerator generator) {
    return new JsonGeneratorDelegate(generator, false) {
      @Override
      public void writeObject(Object value) throws IOException {
        writeString(String.valueOf(value));
      }
    };
  }
}
