package hostperf.trace.analyse;

import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step;
import hostperf.trace.timeline.GpuTimeline;
import java.util.Arrays;

/// Compact figures per step, kept for comparing ranks after their traces are gone.
///
/// @param numbers the steps' numbers; empty without steps
/// @param wall period of each step, nanoseconds
/// @param nccl time of collectives in it
/// @param ncclKernels how many collectives began in it
/// @param busy time of other GPU work in it
public record StepData(Column numbers, Column wall, Column nccl, Column ncclKernels, Column busy) {

  /// A column of numbers that nobody changes.
  public static final class Column {
    private final long[] values;

    Column(int size, java.util.function.IntToLongFunction value) {
      values = new long[size];
      Arrays.setAll(values, value);
    }

    public long at(int i) {
      return values[i];
    }

    public int size() {
      return values.length;
    }

    public double mean() {
      return Arrays.stream(values).average().orElse(0);
    }
  }

  static StepData of(Periods periods, GpuTimeline gpu) {
    int count = periods.hasSteps() ? periods.count() : 0;
    return new StepData(
        new Column(count, i -> periods.step(i).map(Step::number).orElse(-1L)),
        new Column(count, periods::length),
        new Column(count, gpu::ncclIn),
        new Column(count, gpu::ncclKernelsIn),
        new Column(count, gpu::busyIn));
  }
}
