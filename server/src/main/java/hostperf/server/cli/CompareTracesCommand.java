package hostperf.server.cli;

import hostperf.host.LocalProcesses;
import hostperf.tool.CompareTracesTool;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceComparison;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf compare-traces`: which host operations changed?
@Command(name = "compare-traces", description = "Says which host operations changed.")
final class CompareTracesCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(index = "0", paramLabel = "BASELINE", description = "Trace from before.")
  private Path baseline;

  @Parameters(index = "1", paramLabel = "TARGET", description = "Trace from after.")
  private Path target;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var ranges = hostperf.installation().texts().ranges();
    var comparison =
        new TraceComparison(new LocalProcesses())
            .compare(baseline, target, Settings.defaults(), ranges);
    return hostperf.console().answer(CompareTracesTool.outcome(comparison), json);
  }
}
