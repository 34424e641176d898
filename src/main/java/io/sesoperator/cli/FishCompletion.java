package io.sesoperator.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, which picocli has none for. */
final class FishCompletion {

  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String script(String program, CommandLine root) {
    FishCompletion completion = new FishCompletion(program);
    completion.add(root.getCommandSpec(), "__fish_use_subcommand");
    root.getSubcommands().forEach(completion::addCommand);
    return String.join("\n", completion.lines);
  }

  private void addCommand(String name, CommandLine command) {
    String description = description(command.getCommandSpec().usageMessage().description());
    lines.add(
        "complete -c %s -n __fish_use_subcommand -f -a %s -d %s"
            .formatted(program, name, quoted(description)));
    add(command.getCommandSpec(), "'__fish_seen_subcommand_from " + name + "'");
  }

  private void add(CommandSpec command, String condition) {
    command.options().forEach(option -> lines.add(line(option, condition)));
  }

  private String line(OptionSpec option, String condition) {
    StringBuilder line = new StringBuilder("complete -c %s -n %s".formatted(program, condition));
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0) {
      line.append(" -r");
    }
    if (option.completionCandidates() != null) {
      line.append(" -a ").append(quoted(String.join(" ", option.completionCandidates())));
    }
    return line.append(" -d ").append(quoted(description(option.description()))).toString();
  }

  private static String description(String... lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
