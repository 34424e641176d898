package io.sesoperator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.sesoperator.cli.Main;
import io.sesoperator.runtime.Setting;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * {@code ses-operator run} in a JVM of its own, to be killed, stopped or paused. What it says goes
 * to a file below {@code target/operators}, which is left there.
 */
public final class OperatorProcess implements AutoCloseable {

  /** For a start that is quick rather than work that is. */
  public static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private static final String TRACE = "TRACE";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path log;
  private final GuardedProcess process;

  private OperatorProcess(
      Config kubernetes,
      Map<Setting, String> settings,
      List<String> program,
      Map<String, String> environment,
      List<String> arguments) {
    Path directory = newDirectory();
    this.log = directory.resolve("log");
    Path kubeconfig = directory.resolve("kubeconfig");
    write(kubeconfig, Kubeconfig.of(kubernetes));
    List<String> command = command(kubeconfig, settings, program, environment);
    command.addAll(arguments);
    this.process = new GuardedProcess(log, command);
  }

  /**
   * These settings, and a log of everything: the product's own log, to be searched for passwords.
   */
  public static Map<Setting, String> atTrace(Map<Setting, String> settings) {
    Map<Setting, String> verbose = new EnumMap<>(settings);
    verbose.put(Setting.LOG_LEVEL, TRACE);
    return verbose;
  }

  /** Starts one, and does not wait for it. */
  public static OperatorProcess launch(Config kubernetes, Map<Setting, String> settings) {
    return new OperatorProcess(kubernetes, settings, program(QUICK_START), Map.of(), List.of());
  }

  /** Starts one that ends by itself, at the latest after so long. */
  public static OperatorProcess once(
      Config kubernetes, Map<Setting, String> settings, Duration limit) {
    return new OperatorProcess(
        kubernetes,
        settings,
        program(QUICK_START),
        Map.of(),
        List.of("--once", "--once-timeout=" + limit.toMillis() + "ms"));
  }

  /** Starts one, and waits until it is ready. */
  public static OperatorProcess start(Config kubernetes, Map<Setting, String> settings) {
    return start(kubernetes, settings, QUICK_START);
  }

  /** Starts one with these options of the JVM, and waits until it is ready. */
  public static OperatorProcess start(
      Config kubernetes, Map<Setting, String> settings, List<String> options) {
    return ready(new OperatorProcess(kubernetes, settings, program(options), Map.of(), List.of()));
  }

  /** Starts another build of the program, by this command, and waits until it is ready. */
  public static OperatorProcess startBuild(
      List<String> program, Config kubernetes, Map<Setting, String> settings) {
    return ready(new OperatorProcess(kubernetes, settings, program, Map.of(), List.of()));
  }

  /** Starts one in this environment, and waits until it is ready. */
  public static OperatorProcess startIn(
      Map<String, String> environment, Config kubernetes, Map<Setting, String> settings) {
    return ready(
        new OperatorProcess(kubernetes, settings, program(QUICK_START), environment, List.of()));
  }

  private static OperatorProcess ready(OperatorProcess operator) {
    try {
      Awaitility.await("a ready operator").atMost(PATIENCE).until(operator::isReady);
      return operator;
    } catch (RuntimeException e) {
      operator.close();
      throw e;
    }
  }

  /** What it takes for its host's name. */
  public String name() {
    return log.getParent().getFileName().toString();
  }

  /** Whether {@code /readyz} says so. */
  public boolean isReady() {
    process.checkAlive();
    return managementPort().filter(OperatorProcess::answersReady).isPresent();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The value of a metric without labels but the account's; of several, the first. */
  public double metric(String metric) {
    int port = managementPort().orElseThrow();
    return get(port, "/metrics", BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No metric " + metric));
  }

  /** Ends it at once (SIGKILL), as a crash or the kernel would. */
  public void kill() {
    process.close();
  }

  /** Asks it to end (SIGTERM), as Kubernetes does. */
  public void terminate() {
    process.terminate();
  }

  /** Waits for its end and returns its exit code. */
  public int awaitExit() {
    return process.awaitExit(PATIENCE);
  }

  /** Stops it in its tracks (SIGSTOP), as a machine that hangs would. */
  public void pause() {
    process.pause();
  }

  public void resume() {
    process.resume();
  }

  /** All that it said so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log lines so far. */
  public List<Line> log() {
    return output().lines().filter(line -> line.startsWith("{")).flatMap(Line::parse).toList();
  }

  /** One line of the log. */
  public record Line(String level, String message, Map<String, String> facts) {

    /** What the line says about this, or nothing. */
    public String fact(String key) {
      return facts.getOrDefault(key, "");
    }

    private static Stream<Line> parse(String text) {
      try {
        JsonNode line = JSON.readTree(text);
        Map<String, String> facts =
            line.propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
        return Stream.of(
            new Line(line.path("level").asText(), line.path("message").asText(), facts));
      } catch (IOException _) {
        return Stream.empty(); // still being written
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private Optional<Integer> managementPort() {
    return output()
        .lines()
        .filter(line -> line.contains("\"Started\""))
        .flatMap(Line::parse)
        .filter(line -> line.message().equals("Started"))
        .map(line -> Integer.parseInt(line.fact("managementPort")))
        .findFirst();
  }

  private static boolean answersReady(int port) {
    try {
      return get(port, "/readyz", BodyHandlers.discarding()).statusCode() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private static <T> HttpResponse<T> get(int port, String path, BodyHandler<T> body) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** In no other environment, so that ours changes nothing. */
  private static List<String> command(
      Path kubeconfig,
      Map<Setting, String> settings,
      List<String> program,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
    command.add("KUBECONFIG=" + kubeconfig);
    command.add("HOSTNAME=" + kubeconfig.getParent().getFileName());
    environment.forEach((variable, value) -> command.add(variable + "=" + value));
    if (TRACE.equals(settings.get(Setting.LOG_LEVEL))) {
      command.add("SES_OPERATOR_LOG_LEVEL_LIBRARIES=" + TRACE);
    }
    command.addAll(program);
    command.add("run");
    settings.forEach((setting, value) -> command.add(setting.flag() + "=" + value));
    return command;
  }

  /** Ours, with these options of the JVM. */
  private static List<String> program(List<String> options) {
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(options);
    program.addAll(List.of("-cp", classPath(), Main.class.getName()));
    return program;
  }

  // The tests' own classes stay out: with them came their logback-test.xml.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path newDirectory() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "operators"));
      return Files.createTempDirectory(parent.toAbsolutePath(), "operator-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
