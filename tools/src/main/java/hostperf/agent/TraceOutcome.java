package hostperf.agent;

import hostperf.trace.answer.Comparison;
import hostperf.trace.answer.Detection;
import java.util.List;
import java.util.Optional;

/// Answers of the tools that read traces. The figures are the trace organ's own records, whose
/// component names are the field names; on the wire they stand at the top level of the answer.
public sealed interface TraceOutcome extends Outcome {

  record Detected(Detection.Answer answer, List<Next> next) implements TraceOutcome {
    /// The verdict, the phases and the worst operations; the rest is in the full form, which
    /// `hostperf detect --json` prints.
    @Override
    public Optional<Outcome> shorter() {
      var a = answer;
      if (a.largestGaps().size() <= 3
          && a.hostOperations().size() <= 5
          && a.processes().size() <= 4) {
        return Optional.empty();
      }
      var few =
          new Detection.Answer(
              a.verdict(),
              a.aggregateMetrics(),
              a.phases(),
              Rows.first(a.processes(), 4),
              a.crossedCount(),
              a.applicableCount(),
              a.hostPrepConfirmed(),
              a.ncclCaveat(),
              a.gapBuckets(),
              Rows.first(a.largestGaps(), 3),
              a.noWorkUs(),
              Rows.first(a.hostOperations(), 5),
              a.graphCoverage(),
              a.syncCalls(),
              a.garbageCollection(),
              Rows.first(a.stragglers(), 3),
              a.optimizationHandoff(),
              a.notes());
      return Optional.of(new Detected(few, next));
    }
  }

  record Compared(Comparison.Compared answer, List<Next> next) implements TraceOutcome {
    @Override
    public Optional<Outcome> shorter() {
      var a = answer;
      if (a.operations().size() <= 8) {
        return Optional.empty();
      }
      var few =
          new Comparison.Compared(
              a.steadyState(),
              Rows.first(a.operations(), Math.max(8, a.operations().size() / 2)),
              a.wallTimePerStepUs(),
              a.kernelsPerStep(),
              a.apiCallsPerStep(),
              a.optimizationHandoff(),
              a.notes());
      return Optional.of(new Compared(few, next));
    }
  }
}
