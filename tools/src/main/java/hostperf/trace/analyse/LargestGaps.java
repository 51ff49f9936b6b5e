package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step;
import hostperf.trace.timeline.LongestIdle;
import java.util.List;
import java.util.Optional;

/// The longest idle stretches of a process's window, with what the host did in them.
final class LargestGaps {
  private final Trace trace;
  private final long process;
  private final Periods periods;
  private final List<Gap> gaps;

  /// An idle stretch, and the best candidates for what fills it.
  private static final class Gap {
    private final long start;
    private final long end;
    private int range = -1;
    private long rangeLength = Long.MAX_VALUE;
    private long rangeOverlap;
    private int call = -1;
    private long callOverlap;

    Gap(LongestIdle.Stretch idle) {
      this.start = idle.start();
      this.end = idle.end();
    }

    long length() {
      return end - start;
    }

    void consider(int candidate, long length, long overlap) {
      boolean explains = overlap * 2 >= length();
      boolean hasExplanation = rangeOverlap * 2 >= length();
      boolean isBetter =
          (explains && hasExplanation) ? length < rangeLength : overlap > rangeOverlap;
      if (isBetter) {
        range = candidate;
        rangeLength = length;
        rangeOverlap = overlap;
      }
    }

    long overlap(long from, long to) {
      return Math.min(end, to) - Math.max(start, from);
    }
  }

  LargestGaps(Trace trace, long process, Periods periods, List<LongestIdle.Stretch> longest) {
    this.trace = trace;
    this.process = process;
    this.periods = periods;
    this.gaps = longest.stream().map(Gap::new).toList();
    gaps.forEach(this::fillWithRanges);
    gaps.forEach(this::fillWithCalls);
  }

  /// The shortest range that covers half of a gap is the innermost that explains it. Where several
  /// share a gap, the one with the largest part is named.
  private void fillWithRanges(Gap gap) {
    trace
        .ranges()
        .forEachIn(
            gap.start,
            gap.end,
            (start, end, name, thread) -> {
              if (trace.processOfThread(thread) == process) {
                gap.consider(name, end - start, gap.overlap(start, end));
              }
            });
  }

  private void fillWithCalls(Gap gap) {
    trace
        .calls()
        .forEachIn(
            gap.start,
            gap.end,
            (start, end, name, thread) -> {
              long overlap = gap.overlap(start, end);
              if (overlap > gap.callOverlap && trace.processOfThread(thread) == process) {
                gap.call = name;
                gap.callOverlap = overlap;
              }
            });
  }

  List<IdleGap> list(HostOperations operations) {
    return gaps.stream().map(gap -> idleGap(gap, operations)).toList();
  }

  private IdleGap idleGap(Gap gap, HostOperations operations) {
    Optional<Step> step = periods.step(periods.at(gap.start));
    Optional<String> range =
        gap.range < 0 ? Optional.empty() : Optional.of(operations.name(gap.range));
    Optional<String> call =
        gap.call < 0 ? Optional.empty() : Optional.of(ApiCall.bare(trace.names().get(gap.call)));
    return new IdleGap(
        (gap.start - periods.from()) / 1e3,
        gap.length() / 1e3,
        step.map(Step::number),
        range,
        call,
        NoRequests.isNoWork(step) || NoRequests.isWaiting(range, gap.length()));
  }
}
