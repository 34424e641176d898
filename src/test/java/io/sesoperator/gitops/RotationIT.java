package io.sesoperator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.ApiServer;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.Kubeconfig;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of the CronJob in {@code examples/rotation}, run with the rights that it has there.
 */
@ExtendWith(RealApiServerExtension.class)
class RotationIT {

  private static final Path YAML = Examples.DIRECTORY.resolve("rotation/rotation.yaml");
  private static final Set<String> RIGHTS = Set.of("Role", "RoleBinding");

  private final RealApiServer server;
  private final World world;
  private final String password = Canary.password();
  private @TempDir Path home;

  RotationIT(RealApiServer server) throws Exception {
    this.server = server;
    this.world = World.on(server).withAccount().withPassword("smtp", password);
    world.withCredential("noreply").awaitApplied("noreply", password);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private record Result(int exit, String output) {}

  @Test
  void setsANewPasswordThatNobodySees() throws Exception {
    grantRights();

    Result result = rotate(job());

    assertThat(result.exit()).as(result.output()).isZero();
    SmtpCredentialStatus status = world.credential("noreply").statusOrNone();
    assertThat(status.applied().orElseThrow().revision()).isEqualTo(2);
    assertThat(status.condition("Ready").orElseThrow().holds()).isTrue();
    assertThat(stored()).isNotEqualTo(password);
    assertThat(world.mailbox("noreply", World.ADDRESS).holds(stored())).isTrue();
    assertThat(result.output()).contains("secret/smtp serverside-applied").doesNotContain(stored());
  }

  @Test
  void mayNotReadWhatItChanges() {
    grantRights();

    try (KubernetesClient client = ApiServer.connect(job())) {
      assertThatThrownBy(() -> client.secrets().inNamespace(world.tenant()).withName("smtp").get())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("cannot get resource \"secrets\"");
    }
  }

  @Test
  void changesNothingWithoutItsRights() throws Exception {
    Result result = rotate(job());

    assertThat(result.exit()).isNotZero();
    assertThat(result.output()).contains("cannot get resource \"smtpcredentials\"");
    assertThat(stored()).isEqualTo(password);
  }

  private void grantRights() {
    try (var yaml = Files.newInputStream(YAML)) {
      for (HasMetadata object : world.client().load(yaml).items()) {
        if (RIGHTS.contains(object.getKind())) {
          object.getMetadata().setNamespace(world.tenant());
          if (object instanceof RoleBinding binding) {
            binding.getSubjects().getFirst().setNamespace(world.tenant());
          }
          world.client().resource(object).create();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Config job() {
    return server.configOf(world.tenant(), "rotate-smtp");
  }

  private Result rotate(Config config) throws Exception {
    Path kubeconfig = home.resolve("config");
    String inNamespace = "user: u, namespace: " + world.tenant();
    Files.writeString(
        kubeconfig,
        Kubeconfig.of(config).replace("cluster: c, user: u", "cluster: c, " + inNamespace));
    Path script = Files.writeString(home.resolve("rotate.sh"), scriptOfTheJob());
    Path output = home.resolve("output");
    ProcessBuilder bash =
        new ProcessBuilder(List.of("bash", script.toString(), "smtp", "noreply"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Path kubectl = KubeBinaries.find().orElseThrow().directory();
    bash.environment().merge("PATH", kubectl + File.pathSeparator, (path, first) -> first + path);
    bash.environment().put("KUBECONFIG", kubeconfig.toString());
    bash.environment().put("HOME", home.toString());
    Process process = bash.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), Files.readString(output));
  }

  private static String scriptOfTheJob() {
    return Examples.read(YAML).stream()
        .filter(document -> "ConfigMap".equals(document.get("kind")))
        .map(document -> Examples.map(document.get("data")).get("rotate.sh").toString())
        .findFirst()
        .orElseThrow();
  }

  private String stored() {
    String encoded =
        world
            .client()
            .secrets()
            .inNamespace(world.tenant())
            .withName("smtp")
            .get()
            .getData()
            .get("password");
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
