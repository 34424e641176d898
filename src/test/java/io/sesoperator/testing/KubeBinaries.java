package io.sesoperator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where kube-apiserver, etcd and kubectl are on this machine, as {@code hack/kube-apiserver} leaves
 * them there: of several versions the one that {@code KUBE_API_TEST_API_SERVER_VERSION} names, else
 * the newest.
 */
public record KubeBinaries(Path directory, String version) {

  public static Optional<KubeBinaries> find() {
    Path root = root();
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> directories = Files.list(root)) {
      return directories
          .filter(directory -> directory.toString().endsWith(platform()))
          .map(KubeBinaries::in)
          .filter(KubeBinaries::isComplete)
          .filter(KubeBinaries::isWanted)
          .max(Comparator.comparing(binaries -> ModuleDescriptor.Version.parse(binaries.version)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why {@link #find()} found nothing, and what to do. */
  public static String absence() {
    return "no kube-apiserver in %s: run hack/kube-apiserver".formatted(root());
  }

  public Path kubeApiserver() {
    return directory.resolve("kube-apiserver");
  }

  public Path etcd() {
    return directory.resolve("etcd");
  }

  public Path kubectl() {
    return directory.resolve("kubectl");
  }

  private static KubeBinaries in(Path directory) {
    String name = directory.getFileName().toString();
    return new KubeBinaries(directory, name.substring(0, name.length() - platform().length()));
  }

  private boolean isComplete() {
    return Stream.of(kubeApiserver(), etcd(), kubectl()).allMatch(Files::isExecutable);
  }

  private boolean isWanted() {
    return Optional.ofNullable(System.getenv("KUBE_API_TEST_API_SERVER_VERSION"))
        .map(wanted -> wanted.replaceFirst("^v", ""))
        .map(version::equals)
        .orElse(true);
  }

  private static Path root() {
    return Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".kubeapitest"))
        .resolve("k8s");
  }

  private static String platform() {
    String os =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).replace("mac os x", "darwin");
    String architecture =
        switch (System.getProperty("os.arch")) {
          case "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          case String other -> other;
        };
    return "-%s-%s".formatted(os, architecture);
  }
}
