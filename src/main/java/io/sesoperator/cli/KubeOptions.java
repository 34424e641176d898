package io.sesoperator.cli;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which cluster and which of its resources, by the options of kubectl: a mixin for commands that
 * read from a cluster.
 */
final class KubeOptions {

  private static final String DEFAULT_NAMESPACE = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig (default: that of $KUBECONFIG, or ~/.kube/config).")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig (default: its current one).")
  private Optional<String> context = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The namespace (default: that of the context).")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "All namespaces, also if one is named.")
  private boolean allNamespaces;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "Only resources with these labels, such as app=shop,tier!=test.")
  private Optional<String> selector = Optional.empty();

  /**
   * How to connect, and in which namespace.
   *
   * @throws ParameterException if there is no such file or context
   */
  Config config() {
    Config config = kubeconfig.map(this::fromFile).orElseGet(this::fromSurroundings);
    context
        .filter(name -> !hasContext(config, name))
        .ifPresent(name -> {
          throw wrong("no context " + name + " in the kubeconfig");
        });
    namespace.ifPresent(config::setNamespace);
    return withNamespace(config);
  }

  /** The same, in {@code default} if neither Pod nor context names a namespace, as with kubectl. */
  static Config withNamespace(Config config) {
    config.setNamespace(namespaceOf(config).orElse(DEFAULT_NAMESPACE));
    return config;
  }

  /** The one namespace to look into; absent if it is all of them. */
  Optional<String> namespace(Config config) {
    return allNamespaces ? Optional.empty() : namespaceOf(config);
  }

  /** The label selector, as the API server reads it. */
  Optional<String> selector() {
    return selector.filter(text -> !text.isBlank());
  }

  private Config fromFile(Path file) {
    try {
      if (Files.isReadable(file)) {
        return Config.fromKubeconfig(context.orElse(null), file.toFile());
      }
    } catch (RuntimeException _) {
      // what the parser says could quote a token
    }
    throw wrong("cannot read kubeconfig " + file);
  }

  private Config fromSurroundings() {
    return Config.autoConfigure(context.orElse(null));
  }

  private static boolean hasContext(Config config, String name) {
    return Optional.ofNullable(config.getContexts()).stream()
        .flatMap(contexts -> contexts.stream())
        .anyMatch(known -> name.equals(known.getName()));
  }

  private static Optional<String> namespaceOf(Config config) {
    return Optional.ofNullable(config.getNamespace()).filter(name -> !name.isBlank());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
