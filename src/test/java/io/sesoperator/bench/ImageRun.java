package io.sesoperator.bench;

import io.fabric8.kubernetes.client.Config;
import io.sesoperator.runtime.Setting;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.Kubeconfig;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the image by podman, held as tight as PodSecurity's restricted profile and 128 MiB hold it,
 * until credentials are Ready. Not a measurement; it stands here because it needs the same.
 */
public final class ImageRun {

  private static final String NAME = "ses-operator-image-run";
  private static final int CREDENTIALS = 20;

  /** As a Pod's container is held; ulimits lie below those of a machine without more rights. */
  private static final List<String> TIGHT =
      List.of(
          "--network=host",
          "--read-only",
          "--read-only-tmpfs=false",
          "--tmpfs=/tmp:rw,size=16m",
          "--cap-drop=ALL",
          "--security-opt=no-new-privileges",
          "--user=65532:65532",
          "--memory=128m",
          "--ulimit=nofile=1024:4096",
          "--ulimit=nproc=4096:4096");

  private ImageRun() {}

  /** Takes nothing that matters; the image is that of the standard name. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open();
        World world = bed.world(ServerRules.standard());
        Fleet fleet = Fleet.of(world, 1, CREDENTIALS)) {
      Instant begin = bed.clock().instant();
      OperatorProcess operator = start(bed.server().config(), world.settings());
      Duration ready = Duration.between(begin, bed.clock().instant());
      fleet.add(CREDENTIALS);
      fleet.awaitReady(CREDENTIALS);
      String memory = podman("stats", "--no-stream", "--format", "{{.MemUsage}}", NAME);
      operator.terminate();
      operator.awaitExit();
      if (operator.log().stream().noneMatch(line -> line.message().equals("Stopped"))) {
        throw new IllegalStateException("SIGTERM did not end it cleanly");
      }
      System.out.printf(
          "The image was ready after %s, made %d credentials Ready, used %s, and ended cleanly%n",
          Latencies.seconds(ready), CREDENTIALS, memory);
    }
  }

  private static OperatorProcess start(Config kubernetes, Map<Setting, String> settings)
      throws IOException {
    Path readable = readableDirectory();
    Path kubeconfig = Files.writeString(readable.resolve("kubeconfig"), Kubeconfig.of(kubernetes));
    Path authority = readable.resolve("ca.pem");
    Files.writeString(authority, Files.readString(Path.of(settings.get(Setting.SMTP_CA_FILE))));
    settings.put(Setting.SMTP_CA_FILE, authority.toString());

    List<String> program = new ArrayList<>(List.of("podman", "--runtime=runc", "run", "--rm"));
    program.add("--name=" + NAME);
    program.addAll(TIGHT);
    program.add("--volume=" + readable + ":" + readable + ":ro");
    program.add("--env=KUBECONFIG=" + kubeconfig);
    program.add("localhost/ses-operator");
    return OperatorProcess.startBuild(program, kubernetes, settings);
  }

  /** For the image's user, who is nobody here. */
  private static Path readableDirectory() throws IOException {
    return Files.createTempDirectory(
        "image-run-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private static String podman(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return output;
  }
}
