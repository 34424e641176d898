package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command as a process of its own. */
@Timeout(60)
class SimulateCommandTest {

  private static final int SIGTERM = 128 + 15;

  private Process process;
  private BufferedReader output;

  private void start(String... options) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.sesoperator.cli.Main",
            "simulate",
            "--port",
            "0",
            "--smtp-port",
            "0",
            "--smtp-starttls-port",
            "0");
    builder.command().addAll(List.of(options));
    builder.environment().put("SES_SIMULATOR_SECRET_KEY", "the-key-of-this-test");
    builder.environment().put("SES_SIMULATOR_SECRET_ID", "AKIDthisTest");
    process = builder.redirectErrorStream(true).start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @TempDir private Path directory;

  @Test
  void writesTheCertificateToTrustAndSaysWhereLoginsAre() throws Exception {
    Path file = directory.resolve("ca.pem");
    start("--ca-file", file.toString(), "--smtp-host", "smtp.x.test");

    String line = output.readLine();
    while (!line.contains("SMTP")) {
      line = output.readLine();
    }

    assertThat(line).matches(" +SMTP +localhost:\\d+ \\(TLS\\), localhost:\\d+ \\(STARTTLS\\)");
    int port = Integer.parseInt(line.replaceFirst(".*?localhost:(\\d+).*", "$1"));
    assertThat(
            CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(file)))
        .isNotNull();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void servesUntilItIsTerminated() throws IOException, InterruptedException {
    start("--region", "ap-hongkong", "--senders", "a@x.test,b@x.test");

    StringBuilder greeting = new StringBuilder();
    while (!greeting.toString().contains("/_control/faults")) {
      greeting.append(output.readLine()).append('\n');
    }
    String endpoint = greeting.toString().replaceFirst("(?s).*?(http://[0-9.:]+).*", "$1");
    HttpRequest senders =
        HttpRequest.newBuilder(URI.create(endpoint + "/_control/senders")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(senders, BodyHandlers.ofString()).body())
          .contains("\"a@x.test\"", "\"b@x.test\"");
    }

    assertThat(greeting.toString())
        .contains("ap-hongkong", "AKIDthisTest", "curl ")
        .doesNotContain("the-key-of-this-test");
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SIGTERM);
  }
}
