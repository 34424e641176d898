package io.sesoperator.cli;

import io.sesoperator.check.ManifestCheck;
import io.sesoperator.check.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a command line names: files, what is in directories, and standard input. */
final class ManifestFiles {

  private static final String STANDARD_INPUT = "-";
  private static final Pattern MANIFEST = Pattern.compile(".*\\.(yaml|yml|json)");

  private final Map<String, ManifestFile> files = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ManifestFiles() {}

  static ManifestFiles read(List<String> names) {
    ManifestFiles files = new ManifestFiles();
    names.forEach(files::read);
    return files;
  }

  /** Each file once, in the order of the command line and of the names in a directory. */
  List<ManifestFile> files() {
    return List.copyOf(files.values());
  }

  /** What could not be read, and why, a line for each. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void read(String name) {
    try {
      if (name.equals(STANDARD_INPUT)) {
        read(name, System.in);
      } else if (Files.isDirectory(Path.of(name))) {
        readDirectory(Path.of(name));
      } else {
        readFile(Path.of(name));
      }
    } catch (InvalidPathException _) {
      problems.add(printable(name) + ": no name of a file");
    } catch (IOException e) {
      problems.add(printable(name) + ": " + reason(e));
    }
  }

  // As kubectl does, links are followed to files but not to directories.
  private void readDirectory(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> manifests =
          found
              .filter(file -> MANIFEST.matcher(file.getFileName().toString()).matches())
              .filter(file -> !Files.isDirectory(file))
              .sorted()
              .toList();
      if (manifests.isEmpty()) {
        problems.add(printable(directory.toString()) + ": no *.yaml, *.yml or *.json in it");
      }
      for (Path file : manifests) {
        readOneOfMany(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readOneOfMany(Path file) {
    try {
      readFile(file);
    } catch (IOException e) {
      problems.add(printable(file.toString()) + ": " + reason(e));
    }
  }

  private void readFile(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      read(file.toString(), content);
    }
  }

  // One byte more than is allowed tells that it is too large, also where there is no end.
  private void read(String name, InputStream content) throws IOException {
    String shown = printable(name);
    if (!files.containsKey(shown)) {
      byte[] bytes = content.readNBytes(ManifestCheck.LARGEST_FILE + 1);
      files.put(shown, new ManifestFile(shown, bytes));
    }
  }

  // A name may hold anything, a line of output of ours even.
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      default -> "cannot be read";
    };
  }
}
