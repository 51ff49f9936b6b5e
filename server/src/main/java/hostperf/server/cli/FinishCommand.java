package hostperf.server.cli;

import hostperf.journal.Round;
import hostperf.run.Recovery;
import hostperf.run.RollingBack;
import hostperf.server.cli.console.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf finish`: back to the original branch; the run's own stays for merging.
@Command(name = "finish", description = "Returns to the original branch; prints how to merge.")
final class FinishCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(paramLabel = "RUN", description = "As `hostperf runs` lists it.")
  private String run;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /// @param branch the run's own, which holds what was kept
  /// @param kept the numbers of the kept rounds
  record Finished(String runId, String on, String branch, List<Integer> kept) {}

  @Override
  public Integer call() {
    var checkout = hostperf.checkout();
    var id = hostperf.run(run);
    try (var owner = checkout.owner()) {
      owner.take();
      var _ = new Recovery(checkout).recover();
      var finished = new RollingBack(checkout).finish(checkout.runs().load(id));
      var base = finished.setup().base();
      var kept = RollingBack.kept(finished).stream().map(Round::number).toList();
      answer(new Finished(run, base.originalBranch(), base.branch(), kept));
    }
    return ExitCode.DONE;
  }

  private void answer(Finished finished) {
    if (json) {
      hostperf.console().json(finished);
      return;
    }
    var out = hostperf.console().out();
    out.println("On " + finished.on() + " again.");
    if (finished.kept().isEmpty()) {
      out.println("No round was kept; there is nothing to merge.");
    } else {
      out.printf("%d kept. To merge: git merge %s%n", finished.kept().size(), finished.branch());
    }
  }
}
