package io.sesoperator.bench;

import io.sesoperator.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the image, as hack/image unpacks them, and how its operator is started. */
record UnpackedImage(Path root) {

  /** Where hack/image puts it. */
  static UnpackedImage standard() {
    return new UnpackedImage(Path.of("target", "image", "unpacked").toAbsolutePath());
  }

  /** The cache of classes that a training run makes. */
  Path cache() {
    return root.resolve("opt/java/ses-operator.aot");
  }

  /** The image's program with the options of its entry point and these. */
  List<String> program(String... options) {
    List<String> program = new ArrayList<>();
    program.add(root.resolve("opt/java/bin/java").toString());
    program.addAll(List.of(options));
    program.addAll(List.of("-cp", classPath(), Main.class.getName()));
    return program;
  }

  /** In the order of the image, else a cache of its classes would not fit. */
  private String classPath() {
    try {
      String ofTheImage = Files.readString(root.resolve("app/jib-classpath-file")).strip();
      return Stream.of(ofTheImage.split(":"))
          .map(jar -> root + jar)
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
