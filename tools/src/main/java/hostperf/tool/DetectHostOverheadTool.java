package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.agent.TraceOutcome;
import hostperf.catalog.Library;
import hostperf.catalog.NvtxRanges;
import hostperf.host.Processes;
import hostperf.lines.ExistingProfiles;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceDetector;
import hostperf.trace.lines.LinesBehindGaps;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `detect_host_overhead`: is the host the bottleneck?
public final class DetectHostOverheadTool implements Tool<DetectHostOverheadTool.Input> {
  record Input(
      @Param(
              "Trace files (nsys .sqlite or .nsys-rep, torch-profiler .json or .json.gz), or a"
                  + " folder of one a rank.")
          List<String> trace,
      @Param("Steps left out at the beginning: by default 2 of those that ranges name.")
          Optional<Integer> warmup,
      @Param(
              value = "Limits to replace, as ratios.",
              keys = {
                Thresholds.IDLE,
                Thresholds.IDLE_GENERATION,
                Thresholds.LAUNCH,
                Thresholds.EXPOSED,
                Thresholds.IMPACT,
                Thresholds.ATTRIBUTION,
                Thresholds.UTILIZATION,
                Thresholds.UTILIZATION_GENERATION,
                Thresholds.NCCL
              })
          Optional<Map<String, Double>> thresholds,
      @Param("Which limits: trtllm-guide (the default), or idle, which judges by the device alone.")
          Optional<String> thresholdSet,
      @Param(
              "Profiles of the same workload (py-spy, speedscope, collapsed stacks, line_profiler):"
                  + " the lines behind the gaps.")
          Optional<List<String>> from,
      @Param("Seconds to wait, at most 50.") Optional<Integer> waitS) {}

  private final Library library;
  private final Processes processes;
  private final Path root;
  private final Background background;

  DetectHostOverheadTool(Library library, Processes processes, Path root, Background background) {
    this.library = library;
    this.processes = processes;
    this.root = root;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "detect_host_overhead",
        "Detect host overhead",
        "Says from a trace whether the GPU waits for the host, per process and phase, which host"
            + " operations keep it waiting, and what can be gained at most. Call it first: where it"
            + " says NO, optimising Python gains nothing.",
        Effect.READS,
        Input.class,
        TraceOutcome.Detected.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var limits =
        Thresholds.named(
            input.thresholdSet().orElse(Thresholds.DEFAULT_SET),
            input.thresholds().orElse(Map.of()));
    var settings = new Settings(input.warmup(), limits);
    var profiles = input.from().orElse(List.of()).stream().map(root::resolve).toList();
    var traces = input.trace().stream().map(root::resolve).toList();
    return background.start(
        Background.of("detect_host_overhead"),
        input.waitS(),
        caller,
        progress -> {
          progress.accept("reading " + String.join(", ", input.trace()));
          return outcome(
              withLines(
                  new TraceDetector(processes).detect(traces, settings, library.ranges()),
                  profiles,
                  library.ranges()));
        });
  }

  /// The same answer with the lines behind the gaps, where there are profiles.
  public static Detection withLines(Detection detection, List<Path> profiles, NvtxRanges ranges) {
    return profiles.isEmpty()
        ? detection
        : new LinesBehindGaps(ExistingProfiles.read(profiles), ranges).in(detection);
  }

  /// The answer of a detection, for the tool and the command alike.
  public static Outcome outcome(Detection detection) {
    return switch (detection) {
      case Detection.Found found -> new TraceOutcome.Detected(found.answer(), next(found.answer()));
      case Detection.CannotTell not ->
          new Outcome.Inconclusive(
              not.reason(),
              List.of(not.missing()),
              List.of(new Next("detect_host_overhead", not.next())));
    };
  }

  private static List<Next> next(Detection.Answer answer) {
    return answer.verdict() == HostBoundVerdict.YES
        ? List.of(
            new Next("start_run", "pass `optimization_handoff` as `handoff`; the run begins there"))
        : List.of(
            new Next("search_references", "query", "GPU-bound", "the host is not the bottleneck"));
  }
}
