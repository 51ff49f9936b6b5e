package hostperf.trace.analyse;

import hostperf.trace.timeline.GapBucket;
import java.util.List;
import java.util.Optional;

/// What is shown of one process; its series are thinned to what a chart can show.
///
/// @param steps one entry a shown step
/// @param operations the stacked host operations
public record Picture(
    ProcessReport process,
    List<StepPoint> steps,
    List<Stack> operations,
    List<GapBucket> gaps,
    List<HostOperation> hostOperations,
    List<IdleGap> largestGaps) {
  public Picture {
    steps = List.copyOf(steps);
    operations = List.copyOf(operations);
    gaps = List.copyOf(gaps);
    hostOperations = List.copyOf(hostOperations);
    largestGaps = List.copyOf(largestGaps);
  }

  /// @param step its number in the trace; absent without steps
  public record StepPoint(Optional<Long> step, double wallUs, double activeUs, boolean context) {}

  /// One host operation over the shown steps, nested operations left out.
  public record Stack(String name, List<Double> exposedUs, List<Double> hiddenUs) {
    public Stack {
      exposedUs = List.copyOf(exposedUs);
      hiddenUs = List.copyOf(hiddenUs);
    }
  }
}
