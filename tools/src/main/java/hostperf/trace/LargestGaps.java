package hostperf.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// The longest idle stretches of a process's window, with what the host did in them.
final class LargestGaps {
  private static final int KEPT = 10;

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

    Gap(long start, long end) {
      this.start = start;
      this.end = end;
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

  LargestGaps(Trace trace, long process, Periods periods, Intervals active) {
    this.trace = trace;
    this.process = process;
    this.periods = periods;
    this.gaps = longest(active);
    fillWithRanges();
    fillWithCalls();
  }

  private List<Gap> longest(Intervals active) {
    var queue = new PriorityQueue<>(Comparator.comparingLong(Gap::length));
    long end = periods.from();
    for (int i = 0; i <= active.size(); i++) {
      long next = i < active.size() ? active.start(i) : periods.to();
      boolean isLong = queue.size() < KEPT || next - end > queue.element().length();
      if (next > end && isLong) {
        queue.add(new Gap(end, next));
        if (queue.size() > KEPT) {
          queue.remove();
        }
      }
      end = i < active.size() ? active.end(i) : end;
    }
    var longest = new ArrayList<>(queue);
    longest.sort(Comparator.comparingLong(Gap::length).reversed());
    return longest;
  }

  /// The shortest range that covers half of a gap is the innermost that explains it. Where several
  /// share a gap, the one with the largest part is named.
  private void fillWithRanges() {
    Events ranges = trace.ranges();
    for (int i = 0; i < ranges.size(); i++) {
      for (Gap gap : gaps) {
        long overlap = gap.overlap(ranges.start(i), ranges.end(i));
        if (overlap > 0 && trace.processOfThread(ranges.place(i)) == process) {
          gap.consider(i, ranges.end(i) - ranges.start(i), overlap);
        }
      }
    }
  }

  private void fillWithCalls() {
    List<Gap> inTime = gaps.stream().sorted(Comparator.comparingLong(gap -> gap.start)).toList();
    Events calls = trace.calls();
    int next = 0;
    for (int i = 0; i < calls.size(); i++) {
      while (next < inTime.size() && inTime.get(next).end <= calls.start(i)) {
        next++;
      }
      for (int g = next; g < inTime.size() && inTime.get(g).start < calls.end(i); g++) {
        Gap gap = inTime.get(g);
        long overlap = gap.overlap(calls.start(i), calls.end(i));
        if (overlap > gap.callOverlap && trace.processOfThread(calls.place(i)) == process) {
          gap.call = i;
          gap.callOverlap = overlap;
        }
      }
    }
  }

  List<IdleGap> list(HostOperations operations) {
    return gaps.stream().map(gap -> idleGap(gap, operations)).toList();
  }

  private IdleGap idleGap(Gap gap, HostOperations operations) {
    Optional<Step> step = periods.step(periods.at(gap.start));
    Optional<String> range =
        gap.range < 0
            ? Optional.empty()
            : Optional.of(operations.name(trace.ranges().name(gap.range)));
    Optional<String> call =
        gap.call < 0
            ? Optional.empty()
            : Optional.of(ApiCall.bare(trace.names().get(trace.calls().name(gap.call))));
    return new IdleGap(
        (gap.start - periods.from()) / 1e3,
        gap.length() / 1e3,
        step.map(Step::number),
        range,
        call,
        HostOperations.isWithoutWork(step, range, gap.length()));
  }
}
