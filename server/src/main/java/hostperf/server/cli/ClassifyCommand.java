package hostperf.server.cli;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.Outcome;
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
  @ParentCommand private HostperfCommand hostperf;
  @Mixin private ProfileInput input;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var profile = input.read();
    var hotspots = input.hotspots(profile, hostperf);
    Outcome outcome =
        hotspots.isEmpty()
            ? new Outcome.Inconclusive(
                "The report has no line that costs anything.",
                List.of("functions that were called while the profiler ran"),
                List.of())
            : new AnalysisOutcome.Classified(
                "",
                hotspots.stream().map(AnalysisRows::row).toList(),
                hotspots.size(),
                "",
                List.of());
    return hostperf.console().answer(outcome, json);
  }
}
