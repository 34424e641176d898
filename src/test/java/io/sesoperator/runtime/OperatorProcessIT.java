package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class OperatorProcessIT {

  private static final Predicate<String> COMMON =
      line -> line.contains("Beside `timestamp`") && line.contains("it has these keys");
  private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

  @Test
  void setsAPasswordWithoutAWordOfComplaintAndTellsItByAnEvent(RealApiServer server) {
    String password = Canary.password();
    try (World world = World.withoutOperator(server);
        OperatorProcess operator = OperatorProcess.start(server.config(), world.settings())) {
      world.withAccount().withPassword("smtp", password).withCredential("noreply");

      world.awaitApplied("noreply", password);
      operator.terminate();

      assertThat(operator.awaitExit()).isZero();
      assertThat(operator.log()).extracting(OperatorProcess.Line::level).containsOnly("INFO");
      assertThat(operator.output().lines()).allMatch(line -> line.startsWith("{"));
      assertThat(operator.log())
          .filteredOn(line -> line.fact("action").equals("Push"))
          .singleElement()
          .satisfies(line -> assertThat(line.facts().keySet()).isEqualTo(documentedKeys()));
      assertThat(
              world.client().resources(Event.class).inNamespace(world.tenant()).list().getItems())
          .extracting(Event::getReason)
          .contains("Applied");
    }
  }

  /** What docs/observability.md promises of each line. */
  private static Set<String> documentedKeys() {
    return documented()
        .flatMap(line -> QUOTED.matcher(line).results())
        .map(key -> key.group(1))
        .collect(Collectors.toSet());
  }

  /** The sentence on what all lines have, and the first column of the table below it. */
  private static Stream<String> documented() {
    try {
      List<String> page = Files.readAllLines(Path.of("docs", "observability.md"));
      int sentence = page.indexOf(page.stream().filter(COMMON).findFirst().orElseThrow());
      return Stream.concat(
          Stream.of(page.get(sentence).replaceFirst(".*Beside", "")),
          page.stream()
              .skip(sentence)
              .dropWhile(line -> !line.startsWith("| key |"))
              .takeWhile(line -> line.startsWith("|"))
              .map(line -> line.split("\\|", 3)[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
