package io.sesoperator.packaging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /metrics} answered, in the Prometheus text format. */
record Scrape(String text) {

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (ses_operator_\\w+) (\\w+)$");
  private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{([^}]*)})? ");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  static Scrape of(int port) {
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new Scrape(
          client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Our metrics by name, each with its type. */
  Map<String, String> types() {
    return TYPE.matcher(text)
        .results()
        .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2), (a, _) -> a, TreeMap::new));
  }

  /** The names of all series: a histogram has several. */
  Set<String> series() {
    return SERIES.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toSet());
  }

  /** The labels of one metric, but for the bounds of a histogram. */
  Set<String> labels(String metric) {
    return SERIES
        .matcher(text)
        .results()
        .filter(it -> it.group(1).startsWith(metric) && isOf(metric, it.group(1)))
        .flatMap(it -> LABEL.matcher(it.group(2) == null ? "" : it.group(2)).results())
        .map(MatchResult::group)
        .map(label -> label.replaceFirst("=\"$", ""))
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOf(String metric, String series) {
    return Set.of("", "_bucket", "_count", "_sum").contains(series.substring(metric.length()));
  }

  String help(String metric) {
    return Pattern.compile("(?m)^# HELP " + metric + " (.*)$")
        .matcher(text)
        .results()
        .map(it -> it.group(1))
        .findFirst()
        .orElse("");
  }
}
