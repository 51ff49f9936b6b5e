package hostperf.server.cli;

import hostperf.server.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `hostperf completion`: what a shell completes hostperf's commands and options with.
@Command(
    name = "completion",
    description = "Prints a completion for a shell, or the manual's page.",
    footer = {
      "",
      "  bash: source <(hostperf completion bash)",
      "  zsh:  source <(hostperf completion zsh)",
      "  fish: hostperf completion fish | source",
      "  man:  hostperf completion man > hostperf.1; man ./hostperf.1"
    })
final class CompletionCommand implements Callable<Integer> {
  enum Form {
    BASH,
    ZSH,
    FISH,
    MAN
  }

  @ParentCommand private HostperfCommand hostperf;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Form form = Form.BASH;

  @Override
  public Integer call() {
    var all = spec.parent();
    hostperf
        .console()
        .out()
        .print(
            switch (form) {
              // The script of bash makes zsh take it.
              case BASH, ZSH -> AutoComplete.bash("hostperf", all.commandLine());
              case FISH -> new FishCompletion(all).text();
              case MAN -> new ManualPage(all, hostperf.installation().version()).text();
            });
    return ExitCode.DONE;
  }
}
