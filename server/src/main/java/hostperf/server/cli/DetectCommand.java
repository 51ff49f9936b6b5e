package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.TraceOutcome;
import hostperf.host.LocalProcesses;
import hostperf.report.TracePage;
import hostperf.tool.DetectHostOverheadTool;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf detect`: is the host the bottleneck? One trace or more, one a rank.
@Command(name = "detect", description = "Says whether the GPU waits for the host.")
final class DetectCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "nsys .sqlite or .nsys-rep, torch-profiler .json or .json.gz, or a folder.")
  private List<Path> traces;

  @Option(names = "--warmup", paramLabel = "N", description = "Steps left out at the beginning.")
  private Optional<Integer> warmup = Optional.empty();

  @Option(
      names = "--threshold",
      paramLabel = "NAME=RATIO",
      description = "Replaces a limit, such as gpu_idle_ratio=0.2.")
  private Map<String, Double> thresholds = Map.of();

  @Option(
      names = "--thresholds",
      paramLabel = "SET",
      description = "A named set of limits: trtllm-guide (the default), or idle.")
  private String set = Thresholds.DEFAULT_SET;

  @Option(
      names = "--from",
      paramLabel = "PROFILE",
      description =
          "A profile of the same workload (py-spy, speedscope, collapsed stacks, line_profiler):"
              + " names the lines behind the gaps. Can be given several times.")
  private List<Path> profiles = List.of();

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with pictures.")
  private Optional<Path> html = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var ranges = hostperf.installation().texts().ranges();
    var settings = new Settings(warmup, Thresholds.named(set, thresholds));
    var detection =
        DetectHostOverheadTool.withLines(
            new TraceDetector(new LocalProcesses()).detect(traces, settings, ranges),
            profiles,
            ranges);
    Outcome outcome = DetectHostOverheadTool.outcome(detection);
    int code = hostperf.console().answer(json ? outcome : inCommands(outcome), json);
    if (html.isPresent()) {
      write(html.get(), detection);
    }
    return code;
  }

  /// The same answer to a person: what to do next is a command.
  private static Outcome inCommands(Outcome outcome) {
    return switch (outcome) {
      case TraceOutcome.Detected(Detection.Answer answer, var _)
          when answer.verdict() == HostBoundVerdict.YES ->
          new TraceOutcome.Detected(
              answer,
              List.of(
                  new Next(
                      "hostperf profile -- COMMAND",
                      "the same workload under a profiler: which lines take this time"),
                  new Next(
                      "hostperf detect TRACE --from PROFILE",
                      "with a profile of the same workload: the lines behind the gaps")));
      case TraceOutcome.Detected(Detection.Answer answer, var _) ->
          new TraceOutcome.Detected(answer, List.of());
      default -> outcome;
    };
  }

  private void write(Path page, Detection detection) throws IOException {
    if (!(detection instanceof Detection.Found found)) {
      throw new Refusal(
          "There is nothing to draw: the trace could not be judged.",
          "Capture it again as the answer says.");
    }
    Files.writeString(page, TracePage.html(found));
    hostperf.console().err().println("Wrote " + page);
  }
}
