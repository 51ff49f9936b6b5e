package hostperf.lines;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

  /// How often the function was called; 0 when no line was hit.
  ///
  /// A plain statement of the body's outermost block runs once a call, or less often after an early
  /// return, so the most hits among them is the number of calls. Loop headers and lines with a
  /// comprehension are left out: Python 3.12 runs comprehensions in the function's own frame, one
  /// hit an element. Where the text does not tell (no source in the report, nothing but loops), it
  /// is the least positive hit count, as TensorRT-LLM's own tests count.
  public long calls() {
    return countedCalls().orElseGet(() -> hitLines().mapToLong(LineCost::hits).min().orElse(0));
  }

  /// How often the function was called, where a plain statement of its outermost block tells.
  public OptionalLong countedCalls() {
    return hitLines()
        .filter(outermost())
        .filter(line -> !repeats(line))
        .mapToLong(LineCost::hits)
        .max();
  }

  private Stream<LineCost> hitLines() {
    return lines.stream().filter(line -> line.hits() > 0);
  }

  /// The first line that was hit stands in the outermost block.
  private Predicate<LineCost> outermost() {
    int indent = hitLines().findFirst().map(LineCost::indent).orElse(0);
    boolean told = !lines.isEmpty() && indent > lines.getFirst().indent();
    return line -> told && line.indent() == indent;
  }

  private static boolean repeats(LineCost line) {
    return line.isLoopHeader() || line.source().contains(" for ");
  }
}
