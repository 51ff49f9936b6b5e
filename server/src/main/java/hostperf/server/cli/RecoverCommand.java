package hostperf.server.cli;

import hostperf.run.Recovery;
import hostperf.server.cli.console.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf recover`: puts right what a dead server left half done. Commands that only look leave
/// it as it is and say so.
@Command(name = "recover", description = "Recovers what a killed server left unfinished.")
final class RecoverCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  record Recovered(List<String> putRight) {}

  @Override
  public Integer call() {
    var checkout = hostperf.checkout();
    try (var owner = checkout.owner()) {
      owner.take();
      var done = new Recovery(checkout).recover();
      answer(new Recovered(done));
    }
    return ExitCode.DONE;
  }

  private void answer(Recovered recovered) {
    if (json) {
      hostperf.console().json(recovered);
      return;
    }
    var out = hostperf.console().out();
    recovered.putRight().forEach(what -> out.println(what + "; it is recovered."));
    if (recovered.putRight().isEmpty()) {
      out.println("Nothing was left unfinished.");
    }
  }
}
