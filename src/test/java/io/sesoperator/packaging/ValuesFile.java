package io.sesoperator.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chart's values.yaml: each key has its comment in the line above. */
record ValuesFile(Map<String, String> comments, JsonNode defaults) {

  private static final Pattern COMMENT = Pattern.compile("\\s*# -- (.*)");
  private static final Pattern KEY = Pattern.compile("(\\s*)([A-Za-z]+):.*");
  private static final ObjectMapper JSON = new ObjectMapper();

  static ValuesFile read() {
    try {
      String text = Files.readString(Chart.DIRECTORY.resolve("values.yaml"));
      Object defaults = new KubernetesSerialization().unmarshal(text, Map.class);
      return new ValuesFile(comments(text.lines().toList()), JSON.valueToTree(defaults));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By key, such as {@code crds.keep}. */
  private static Map<String, String> comments(List<String> lines) {
    Map<String, String> comments = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      Matcher key = KEY.matcher(lines.get(i));
      Matcher comment = COMMENT.matcher(lines.get(i - 1));
      if (key.matches()) {
        int depth = key.group(1).length() / 2;
        path.subList(Math.min(depth, path.size()), path.size()).clear();
        path.add(key.group(2));
        if (comment.matches()) {
          comments.put(String.join(".", path), comment.group(1));
        }
      }
    }
    return comments;
  }

  /** A table in Markdown, in the order of the file. */
  String table() {
    return comments.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("", "| value | default | meaning |\n|---|---|---|\n", ""));
  }

  private String row(String key, String comment) {
    return "| `%s` | `%s` | %s |\n".formatted(key, defaultOf(key), comment.replace("|", "\\|"));
  }

  private String defaultOf(String key) {
    try {
      return JSON.writeValueAsString(defaults.at("/" + key.replace('.', '/')));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
