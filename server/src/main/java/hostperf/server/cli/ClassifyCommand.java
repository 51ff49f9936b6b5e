package hostperf.server.cli;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.Outcome;
import hostperf.classify.UnreadLines;
import hostperf.report.UntrustedText;
import hostperf.tool.AnalysisRows;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf classify`: the hotspots of a report, without a run.
@Command(name = "classify", description = "Names the hotspots of a line profiler's report.")
final class ClassifyCommand implements Callable<Integer> {
  private static final int MOST = 500;

  @ParentCommand private HostperfCommand hostperf;
  @Mixin private ProfileInput input;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var read = input.read(hostperf);
    var hotspots = input.hotspots(read, hostperf);
    var unread =
        UnreadLines.of(read.profile(), read.sources()).map(why -> UntrustedText.line(why, MOST));
    Outcome outcome =
        hotspots.isEmpty()
            ? new Outcome.Inconclusive(
                unread.orElse("The report has no line that costs anything."),
                List.of(
                    unread.isPresent()
                        ? "the Python source of the profiled functions, as it was when they ran"
                            + " (--source DIR)"
                        : "functions that were called while the profiler ran"),
                List.of())
            : new AnalysisOutcome.Classified(
                "", AnalysisRows.rows(hotspots), hotspots.size(), "", List.of());
    if (!hotspots.isEmpty()) {
      unread.ifPresent(hostperf.console().err()::println);
    }
    return hostperf.console().answer(outcome, json);
  }
}
