package hostperf.server.cli;

import hostperf.run.Recovery;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `hostperf recover`: puts right what a dead server left half done. Commands that only look leave
/// it as it is and say so.
@Command(name = "recover", description = "Puts right what a killed server left half done.")
final class RecoverCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Override
  public Integer call() {
    var checkout = hostperf.checkout();
    var out = hostperf.console().out();
    try (var owner = checkout.owner()) {
      owner.take();
      var done = new Recovery(checkout).recover();
      done.forEach(what -> out.println(what + "; it is put right."));
      if (done.isEmpty()) {
        out.println("Nothing was left half done.");
      }
    }
    return ExitCode.DONE;
  }
}
