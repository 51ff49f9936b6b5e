package hostperf.report;

import hostperf.agent.TraceOutcome;
import hostperf.trace.answer.Comparison;

/// Words for the answers of the tools that read traces.
final class TraceText {
  private TraceText() {}

  static String of(TraceOutcome outcome) {
    return switch (outcome) {
      case TraceOutcome.Detected o -> new DetectionText(o.answer()).text();
      case TraceOutcome.Compared o -> compared(o.answer());
    };
  }

  private static String compared(Comparison.Compared c) {
    var wall = c.wallTimePerStepUs();
    var steady = c.steadyState();
    var text =
        new StringBuilder(
            "A step takes %s, before %s (%s); compared are steps of %s"
                .formatted(
                    Figures.micros(wall.target()),
                    Figures.micros(wall.baseline()),
                    Figures.change(wall.baseline() == 0 ? 0 : wall.delta() / wall.baseline()),
                    steady.makeUp()));
    text.append(" (%d and %d of them).\n".formatted(steady.baselineSteps(), steady.targetSteps()));
    var table = new Table("host operation", "before", "after", "status", "source");
    for (var o : c.operations()) {
      table.row(
          o.name(),
          Figures.micros(o.baselineUsPerStep()),
          Figures.micros(o.targetUsPerStep()),
          o.status().name(),
          o.sourceFunction().orElse("–"));
    }
    text.append(table.text());
    text.append(
        "Per step: %s kernels, before %s; %s API calls, before %s.\n"
            .formatted(
                Figures.number(c.kernelsPerStep().target()),
                Figures.number(c.kernelsPerStep().baseline()),
                Figures.number(c.apiCallsPerStep().target()),
                Figures.number(c.apiCallsPerStep().baseline())));
    return text + RunText.list("Note", c.notes());
  }
}
