package io.sesoperator.faults;

import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.RealApiServer;
import java.util.List;
import java.util.stream.Stream;

/** The long campaign of {@code hack/faults}. */
public final class FaultInjection {

  private FaultInjection() {}

  /** Takes how many seeds, the first one, and modes. */
  public static void main(String[] arguments) throws Exception {
    int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    List<Mode> modes =
        arguments.length > 2
            ? Stream.of(arguments).skip(2).map(Mode::of).toList()
            : List.of(Mode.values());
    KubeBinaries binaries =
        KubeBinaries.find().orElseThrow(() -> new IllegalStateException(KubeBinaries.absence()));
    try (RealApiServer server = RealApiServer.start(binaries)) {
      Campaign campaign = Campaign.on(server);
      Table table = new Table(campaign.points());
      try {
        for (Mode mode : modes) {
          campaign.play(mode, first, seeds, verdicts -> tell(verdicts, table));
        }
      } finally {
        System.out.println(table);
      }
      System.exit(table.wrong().isEmpty() ? 0 : 1);
    }
  }

  private static void tell(List<Verdict> verdicts, Table table) {
    table.add(verdicts);
    verdicts.stream().filter(verdict -> !verdict.isRight()).forEach(System.out::println);
    System.err.print('.');
  }
}
