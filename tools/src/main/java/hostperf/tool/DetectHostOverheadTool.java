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
import hostperf.profile.ExistingProfiles;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.analyse.Verdict;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceDetector;
import hostperf.trace.lines.LinesBehindGaps;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `detect_host_overhead`: is the host the bottleneck?
public final class DetectHostOverheadTool implements Tool<DetectHostOverheadTool.Input> {
  record Input(
      @Param(
              "Trace file (nsys .sqlite or .nsys-rep, torch-profiler .json or .json.gz), a folder of"
                  + " one a rank, or a list.")
          List<String> trace,
      @Param("Steps left out at the beginning: by default 2 of those that ranges name.")
          Optional<Integer> warmup,
      @Param(
              "Limits to replace, by metric name, as ratios; `set` names a set of them: trtllm-guide"
                  + " (the default), or idle, which judges by the device alone.")
          Optional<Map<String, Object>> thresholds,
      @Param(
              "Profiles of the same workload (py-spy, speedscope, collapsed stacks, line_profiler):"
                  + " the lines behind the gaps.")
          Optional<List<String>> from,
      @Param("Seconds to wait, at most 50.") Optional<Integer> waitS) {}

  private static final String SET = "set";

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
    var settings = new Settings(input.warmup(), thresholds(input.thresholds().orElse(Map.of())));
    var profiles = input.from().orElse(List.of()).stream().map(root::resolve).toList();
    var traces = input.trace().stream().map(root::resolve).toList();
    return background.start(
        Background.of("detect_host_overhead"),
        input.waitS(),
        caller,
        say -> {
          say.accept("reading " + String.join(", ", input.trace()));
          return outcome(
              withLines(
                  new TraceDetector(processes).detect(traces, settings, library.ranges()),
                  profiles,
                  library.ranges()));
        });
  }

  /// The same answer with the lines behind the gaps, where there are profiles.
  public static Detection withLines(
      Detection detection, List<Path> profiles, NvtxRanges ranges) {
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
    return answer.verdict() == Verdict.YES
        ? List.of(
            new Next("start_run", "pass `optimization_handoff` as `handoff`; the run begins there"))
        : List.of(
            new Next("search_references", "query", "GPU-bound", "the host is not the bottleneck"));
  }

  private static Thresholds thresholds(Map<String, Object> given) {
    var numbers = new LinkedHashMap<String, Double>();
    given.forEach(
        (name, value) ->
            numbers.put(name, value instanceof Number number ? number.doubleValue() : Double.NaN));
    numbers.remove(SET);
    return Thresholds.named(
        given.getOrDefault(SET, Thresholds.DEFAULT_SET).toString(), numbers);
  }
}
