package hostperf.trace.analyse;

import java.util.List;
import java.util.Optional;

/// One kind of moment in which the device idled: where the host was, by range, by Python function
/// and by call.
///
/// @param part of the idle time; where work was enqueued, the places are those of its launch
/// @param range innermost range of the thread that launches next
/// @param function innermost Python function of one's own there
/// @param inside what that function was in: a library's function or a built-in one
/// @param call the CUDA call in which the host waited
/// @param usPerStep idle time per step
/// @param share of the process's idle time
/// @param lines the lines in which that function or range spends this time, where samples tell,
///     largest first
public record IdleCause(
    IdlePart part,
    Optional<String> range,
    Optional<TracedFunction> function,
    Optional<String> inside,
    Optional<String> call,
    double usPerStep,
    double share,
    List<CodeLine> lines) {
  public IdleCause {
    lines = List.copyOf(lines);
  }

  public IdleCause with(List<CodeLine> found) {
    return new IdleCause(part, range, function, inside, call, usPerStep, share, found);
  }

  /// The function to look at: the one that the trace names, else that of the first line.
  public Optional<String> target() {
    return function
        .map(TracedFunction::name)
        .or(() -> lines.stream().findFirst().map(CodeLine::function));
  }
}
