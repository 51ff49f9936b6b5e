package hostperf.server.cli;

import hostperf.run.Recovery;
import hostperf.run.RollingBack;
import hostperf.run.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf finish`: back to the original branch; the run's own stays for merging.
@Command(name = "finish", description = "Returns to the original branch; prints how to merge.")
final class FinishCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(paramLabel = "RUN", description = "As `hostperf runs` lists it.")
  private String run;

  @Override
  public Integer call() {
    var checkout = hostperf.checkout();
    var id = new RunId(run);
    var _ = checkout.runs().load(id);
    try (var owner = checkout.owner()) {
      owner.take();
      var _ = new Recovery(checkout).recover();
      var finished = new RollingBack(checkout).finish(checkout.runs().load(id));
      var base = finished.setup().base();
      var out = hostperf.console().out();
      out.println("On " + base.originalBranch() + " again.");
      var kept = RollingBack.kept(finished);
      if (kept.isEmpty()) {
        out.println("No round was kept; there is nothing to merge.");
      } else {
        out.printf("%d kept. To merge: git merge %s%n", kept.size(), base.branch());
      }
    }
    return ExitCode.DONE;
  }
}
