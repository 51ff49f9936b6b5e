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
import hostperf.host.Processes;
import hostperf.trace.answer.Comparison;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceComparison;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `compare_traces`: which host operation regressed?
public final class CompareTracesTool implements Tool<CompareTracesTool.Input> {
  record Input(
      @Param("Trace from before.") String baseline,
      @Param("Trace from after, of the same workload.") String target,
      @Param("Seconds to wait, at most 50.") Optional<Integer> waitS) {}

  private final Library library;
  private final Processes processes;
  private final Path root;
  private final Background background;

  CompareTracesTool(Library library, Processes processes, Path root, Background background) {
    this.library = library;
    this.processes = processes;
    this.root = root;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "compare_traces",
        "Compare traces",
        "Compares host operations per step between two traces, in steps with the same batch"
            + " composition: which are new, gone, slower, faster.",
        Effect.READS,
        Input.class,
        TraceOutcome.Compared.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    return background.start(
        Background.of("compare_traces"),
        input.waitS(),
        caller,
        progress -> {
          progress.accept("reading both traces");
          return outcome(
              new TraceComparison(processes)
                  .compare(
                      root.resolve(input.baseline()),
                      root.resolve(input.target()),
                      Settings.defaults(),
                      library.ranges()));
        });
  }

  /// The answer of a comparison, for the tool and the command alike.
  public static Outcome outcome(Comparison comparison) {
    return switch (comparison) {
      case Comparison.Compared compared ->
          new TraceOutcome.Compared(
              compared, List.of(new Next("start_run", "pass `optimization_handoff` as `handoff`")));
      case Comparison.CannotCompare not ->
          new Outcome.Inconclusive(
              not.reason(),
              List.of(not.missing()),
              List.of(new Next("compare_traces", not.next())));
    };
  }
}
