package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.RawServer;
import io.sesoperator.testing.RawServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator says that cannot start. */
@Timeout(60)
class RunCommandTest {

  /** What fabric8 reads before the environment. */
  private static final String KUBECONFIG = "kubeconfig";

  @TempDir private Path directory;

  @AfterEach
  void forget() {
    System.clearProperty(KUBECONFIG);
  }

  private CommandRun run(URI server, String... options) throws IOException {
    System.setProperty(KUBECONFIG, BrokenCluster.kubeconfig(directory, server).toString());
    return CommandRun.of(
        Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--log-format=json", "--once"})
  void saysInOneLineThatTheClusterIsNotReached(String option) throws IOException {
    URI server = BrokenCluster.nobody();

    CommandRun run = run(server, option);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip()).isEqualTo("run: cannot reach the API server at " + server + "/");
  }

  @ParameterizedTest
  @CsvSource({"401, does not accept your credentials", "403, selfsubjectaccessreviews"})
  void saysInOneLineWhatTheClusterRefuses(String code, String message) throws IOException {
    List<Answer> all = Collections.nCopies(50, BrokenCluster.refusing(code));
    try (RawServer server = new RawServer(all.toArray(Answer[]::new))) {
      CommandRun run = run(server.endpoint());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains(message).hasLineCount(1);
    }
  }
}
