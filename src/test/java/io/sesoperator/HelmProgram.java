package io.sesoperator;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What documents tell to do with {@code helm}, by Helm's own code as a library, where its program
 * is not on the path.
 */
@Command(name = "helm")
final class HelmProgram {

  private static final Path KUBECONFIG = Path.of(System.getenv("KUBECONFIG"));

  private HelmProgram() {}

  public static void main(String[] args) {
    System.setProperty("com.marcnuri.jkube-helm.skipRemoteJar", "true");
    System.exit(
        new CommandLine(new HelmProgram())
            .addSubcommand(new Install())
            .addSubcommand(new Upgrade())
            .addSubcommand(new Uninstall())
            .execute(args));
  }

  /** The options of all three. */
  abstract static class Action implements Callable<Integer> {

    @Parameters(index = "0")
    String release = "";

    @Option(names = {"-n", "--namespace"})
    String namespace = "default";
  }

  @Command(name = "install")
  static final class Install extends Action {

    @Parameters(index = "1")
    private Path chart = Path.of("");

    @Option(names = "--create-namespace")
    private boolean createNamespace;

    @Override
    public Integer call() {
      var install = new Helm(chart).install().withName(release).withNamespace(namespace);
      System.out.println(
          (createNamespace ? install.createNamespace() : install)
              .withKubeConfig(KUBECONFIG)
              .call()
              .getStatus());
      return 0;
    }
  }

  @Command(name = "upgrade")
  static final class Upgrade extends Action {

    @Parameters(index = "1")
    private Path chart = Path.of("");

    @Option(names = "--install")
    private boolean install;

    @Override
    public Integer call() {
      var upgrade = new Helm(chart).upgrade().withName(release).withNamespace(namespace);
      System.out.println(
          (install ? upgrade.install() : upgrade).withKubeConfig(KUBECONFIG).call().getStatus());
      return 0;
    }
  }

  @Command(name = "uninstall")
  static final class Uninstall extends Action {

    @Override
    public Integer call() {
      System.out.print(
          Helm.uninstall(release).withNamespace(namespace).withKubeConfig(KUBECONFIG).call());
      return 0;
    }
  }
}
