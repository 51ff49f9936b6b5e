package hostperf.lines;

import java.util.List;

/// What line_profiler measured, one entry a function, in the order of the report.
public record LineProfile(List<FunctionProfile> functions) {
  public LineProfile {
    functions = List.copyOf(functions);
  }
}
