package hostperf.agent;

import hostperf.trace.answer.Comparison;
import hostperf.trace.answer.Detection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers of the tools that read traces. The figures are the trace organ's own records, whose
/// component names are the field names; on the wire they stand at the top level of the answer.
public sealed interface TraceOutcome extends Outcome {

  record Detected(Detection.Answer answer, List<Next> next) implements TraceOutcome {
    private static final int PROCESSES = 4;
    private static final int GAPS = 3;
    private static final int OPERATIONS = 5;

    /// The verdict, the phases and the worst operations; the rest is in the full form, which
    /// `hostperf detect --json` prints.
    @Override
    public Optional<Outcome> shorter() {
      var fewer = answer.shortened(PROCESSES, GAPS, OPERATIONS);
      var brief = Detection.brief(answer);
      if (!fewer.equals(answer)) {
        return Optional.of(new Detected(fewer, next));
      }
      return brief.equals(answer) ? Optional.empty() : Optional.of(new Detected(brief, next));
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
              Truncation.first(a.operations(), Math.max(8, a.operations().size() / 2)),
              a.wallTimePerStepUs(),
              a.kernelsPerStep(),
              a.apiCallsPerStep(),
              a.optimizationHandoff(),
              cutNoted(a));
      return Optional.of(new Compared(few, next));
    }

    /// Said once, with how many there were before any was left out.
    private static List<String> cutNoted(Comparison.Compared a) {
      return a.notes().stream().anyMatch(note -> note.endsWith(CUT))
          ? a.notes()
          : Stream.concat(
                  a.notes().stream(), Stream.of("%,d%s".formatted(a.operations().size(), CUT)))
              .toList();
    }

    private static final String CUT = " operations were compared; the list is cut to the first.";
  }
}
