package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.RawServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plan says of a cluster that cannot be asked. */
class PlanCommandTest {

  @TempDir private Path directory;

  private CommandRun plan(URI server, String... options) throws IOException {
    Path kubeconfig = BrokenCluster.kubeconfig(directory, server);
    return CommandRun.of(
        Stream.concat(Stream.of("plan", "--kubeconfig", kubeconfig.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void saysInOneLineThatTheClusterIsNotReached() throws IOException {
    URI server = BrokenCluster.nobody();

    CommandRun run = plan(server);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip()).isEqualTo("plan: cannot reach the API server at " + server + "/");
  }

  @Test
  void waitsNoLongerThanItIsTold() throws IOException {
    try (RawServer server = new RawServer()) {
      server.script(server.stallingAfter(""));

      CommandRun run = plan(server.endpoint(), "--timeout", "1");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().strip())
          .isEqualTo("plan: " + server.endpoint() + "/ did not answer within 1 s");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, install the CRDs of ses-operator",
    "401, does not accept your credentials",
    "403, no right to list smtpcredentials of ses-operator.io in namespace default",
    "500, the API server answered 500"
  })
  void saysInOneLineWhatTheClusterRefuses(String code, String message) throws IOException {
    RawServer.Answer answer = BrokenCluster.refusing(code);
    try (RawServer server = new RawServer(answer, answer)) {
      CommandRun run = plan(server.endpoint());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains(message).hasLineCount(1);
    }
  }

  @Test
  void exitsWith2OnlyForWhatThatMeans() throws IOException {
    assertThat(plan(BrokenCluster.nobody(), "--nonsense").exitCode()).isEqualTo(2);
    assertThat(plan(BrokenCluster.nobody(), "--timeout", "0").exitCode()).isEqualTo(2);
    assertThat(plan(BrokenCluster.nobody(), "--detailed-exitcode", "--nonsense").exitCode())
        .isEqualTo(1);
    assertThat(plan(BrokenCluster.nobody(), "--detailed-exitcode", "--timeout", "0").exitCode())
        .isEqualTo(1);
    assertThat(plan(BrokenCluster.nobody(), "--detailed-exitcode").exitCode()).isEqualTo(1);
  }
}
