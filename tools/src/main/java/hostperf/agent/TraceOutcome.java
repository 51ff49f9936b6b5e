package hostperf.agent;

import java.util.List;

/// Answers of the tools that read traces. The figures are the trace organ's own records, whose
/// component names are the field names.
public sealed interface TraceOutcome extends Outcome {

  /// @param detection serialised with its components at the top level of the answer
  record Detected(Object detection, List<Next> next) implements TraceOutcome {}

  /// @param comparison likewise
  record Compared(Object comparison, List<Next> next) implements TraceOutcome {}
}
