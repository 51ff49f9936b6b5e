package hostperf.trace.analyse;

import java.util.List;
import java.util.Optional;

/// Calls in which the host waits for the device.
///
/// @param perLayer calls per step and layer; absent where no NVTX range names layers
/// @param inRanges the same by the innermost range around them, most frequent first; by Python
///     function where the trace has no ranges
public record SyncCalls(
    double perStep,
    double usPerStep,
    Optional<Double> perLayer,
    List<ByName> calls,
    List<InRange> inRanges) {
  public SyncCalls {
    calls = List.copyOf(calls);
    inRanges = List.copyOf(inRanges);
  }

  /// The same with so many rows at most.
  public SyncCalls first(int rows) {
    return new SyncCalls(
        perStep,
        usPerStep,
        perLayer,
        calls.subList(0, Math.min(rows, calls.size())),
        inRanges.subList(0, Math.min(rows, inRanges.size())));
  }

  /// @param name without the version that an export adds
  public record ByName(String name, double perStep, double usPerStep) {}

  /// @param range as tables call it, or the function
  /// @param call without the version that an export adds
  public record InRange(String range, String call, double perStep, double usPerStep) {}
}
