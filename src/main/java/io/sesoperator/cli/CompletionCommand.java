package io.sesoperator.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ses-operator completion}: a script that makes a shell complete our command lines. */
@Command(
    name = "completion",
    description = "Prints a script that makes a shell complete the commands and options.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it was printed", "2:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  @|bold source <(ses-operator completion bash)|@",
      "  @|bold source <(ses-operator completion zsh)|@",
      "  @|bold ses-operator completion fish > ~/.config/fish/completions/ses-operator.fish|@"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class CompletionCommand implements Callable<Integer> {

  /** The shells; named as users write them. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        switch (shell) {
          // picocli's script turns zsh's emulation of bash on by itself
          case bash, zsh -> AutoComplete.bash(Main.NAME, root);
          case fish -> FishCompletion.script(Main.NAME, root);
        });
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
