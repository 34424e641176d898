package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CliKubeOptionsTest {

  private static final String KUBECONFIG_PROPERTY = "kubeconfig";

  /** Stands for any command that reads from a cluster. */
  @Command(name = "probe")
  private static final class Probe implements Callable<Integer> {

    @Mixin private final KubeOptions options = new KubeOptions();
    private Config config = Config.empty();

    @Override
    public Integer call() {
      config = options.config();
      return 0;
    }
  }

  @TempDir private Path directory;
  private Path kubeconfig;
  private Probe probe = new Probe();

  @BeforeEach
  void aKubeconfigOfTwoClusters() throws IOException {
    kubeconfig = kubeconfig("config", "one", "shop");
    System.setProperty(KUBECONFIG_PROPERTY, kubeconfig.toString());
  }

  @AfterEach
  void noKubeconfig() {
    System.clearProperty(KUBECONFIG_PROPERTY);
  }

  private Path kubeconfig(String name, String current, String namespace) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        """
        apiVersion: v1
        kind: Config
        clusters:
          - {name: one, cluster: {server: "https://%1$s-one.example.com"}}
          - {name: two, cluster: {server: "https://%1$s-two.example.com"}}
        users: [{name: u, user: {token: none}}]
        contexts:
          - {name: one, context: {cluster: one, user: u, namespace: %3$s}}
          - {name: two, context: {cluster: two, user: u}}
        current-context: %2$s
        """
            .formatted(name, current, namespace));
  }

  private CommandRun run(String... args) {
    probe = new Probe();
    return CommandRun.of(new CommandLine(probe), args);
  }

  @Test
  void takesTheCurrentContextOfTheKubeconfigThatTheEnvironmentNames() {
    assertThat(run().exitCode()).isZero();

    assertThat(probe.config.getMasterUrl()).startsWith("https://config-one.example.com");
    assertThat(probe.options.namespace(probe.config)).hasValue("shop");
    assertThat(probe.options.selector()).isEmpty();
  }

  @Test
  void takesAnotherContext() {
    assertThat(run("--context", "two").exitCode()).isZero();

    assertThat(probe.config.getMasterUrl()).startsWith("https://config-two.example.com");
    assertThat(probe.options.namespace(probe.config)).hasValue("default");
  }

  @Test
  void takesAnotherKubeconfig() throws IOException {
    Path other = kubeconfig("other", "two", "billing");

    assertThat(run("--kubeconfig", other.toString()).exitCode()).isZero();
    assertThat(probe.config.getMasterUrl()).startsWith("https://other-two.example.com");

    assertThat(run("--kubeconfig=" + other, "--context=one").exitCode()).isZero();
    assertThat(probe.config.getMasterUrl()).startsWith("https://other-one.example.com");
    assertThat(probe.options.namespace(probe.config)).hasValue("billing");
  }

  @Test
  void looksIntoTheNamespaceThatIsNamed() {
    run("-n", "billing");

    assertThat(probe.config.getNamespace()).isEqualTo("billing");
    assertThat(probe.options.namespace(probe.config)).hasValue("billing");
  }

  @Test
  void looksIntoAllNamespacesEvenIfOneIsNamed() {
    run("-A", "-n", "billing");

    assertThat(probe.options.namespace(probe.config)).isEmpty();
  }

  @Test
  void selectsByLabels() {
    run("-l", "app=shop,tier!=test");

    assertThat(probe.options.selector()).hasValue("app=shop,tier!=test");
  }

  @Test
  void exitsWith2WhenThereIsNoSuchFileOrContext() {
    CommandRun noFile = run("--kubeconfig", directory.resolve("absent").toString());
    CommandRun noContext = run("--context", "three");

    assertThat(noFile.exitCode()).isEqualTo(2);
    assertThat(noFile.err()).startsWith("cannot read kubeconfig " + directory.resolve("absent"));
    assertThat(noContext.exitCode()).isEqualTo(2);
    assertThat(noContext.err()).startsWith("no context three in the kubeconfig");
  }

  @Test
  void doesNotQuoteAKubeconfigThatCannotBeParsed() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "users: [{token: hidden-token");

    CommandRun run = run("--kubeconfig", broken.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("cannot read kubeconfig").doesNotContain("hidden-token");
  }
}
