package hostperf.profile;

import java.util.List;

/// One profiled function.
///
/// @param name as the report's header has it: `Class.method`, or `function` alone (line_profiler
///     4.0 leaves the class out; then it comes from the source)
/// @param file path as the report has it, absolute or relative to where the workload ran
/// @param line line of the `def` or of its first decorator, from 1
/// @param seconds the function's total time
/// @param lines every line the report lists, those without hits too, in ascending order
public record FunctionProfile(
    String name, String file, int line, double seconds, List<LineCost> lines) {
  public FunctionProfile {
    lines = List.copyOf(lines);
  }

  /// How often the function was called: the least positive hit count of its lines, since the
  /// lines of a loop body are hit more often than the function and those of a guarded block less
  /// often only when they are never hit. 0 when no line was hit.
  public long calls() {
    return lines.stream().mapToLong(LineCost::hits).filter(h -> h > 0).min().orElse(0);
  }
}
