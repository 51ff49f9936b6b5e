package hostperf.trace.analyse;

import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Walks the host ranges of one process in order and tells each one's own time from that of the
/// ranges inside it.
final class RangeSweep {
  /// What a range took within the window, in nanoseconds.
  ///
  /// @param idle the part during which the GPU was idle
  /// @param selfTotal the part outside nested ranges
  /// @param isOutermostOfItsName false for a range inside one of the same name
  public record Span(
      int name,
      int thread,
      long start,
      long total,
      long idle,
      long selfTotal,
      long selfIdle,
      boolean isOutermostOfItsName,
      boolean isOutermost) {}

  public interface Sink {
    void take(Span span);
  }

  private final Trace trace;
  private final long process;
  private final Periods periods;
  private final GpuTimeline gpu;

  RangeSweep(Trace trace, long process, Periods periods, GpuTimeline gpu) {
    this.trace = trace;
    this.process = process;
    this.periods = periods;
    this.gpu = gpu;
  }

  /// A range that has begun and not yet ended.
  private static final class Open {
    private final int name;
    private final int thread;
    private final long start;
    private final long end;
    private final long idle;
    private long nestedTotal;
    private long nestedIdle;

    Open(int name, int thread, long start, long end, long idle) {
      this.name = name;
      this.thread = thread;
      this.start = start;
      this.end = end;
      this.idle = idle;
    }
  }

  void run(Sink sink) {
    List<Deque<Open>> stacks = new ArrayList<>();
    trace.places().threads().forEach(_ -> stacks.add(new ArrayDeque<>()));
    trace
        .ranges()
        .forEach(
            (begun, ended, name, thread) -> {
              long start = Math.max(begun, periods.from());
              long end = Math.min(ended, periods.to());
              if (start < end && trace.processOfThread(thread) == process) {
                Deque<Open> stack = stacks.get(thread);
                close(stack, start, sink);
                stack.push(new Open(name, thread, start, end, gpu.idle(start, end)));
              }
            });
    stacks.forEach(stack -> close(stack, Long.MAX_VALUE, sink));
  }

  private void close(Deque<Open> stack, long now, Sink sink) {
    while (!stack.isEmpty() && stack.element().end <= now) {
      Open done = stack.pop();
      if (!stack.isEmpty()) {
        nest(stack.element(), done);
      }
      sink.take(
          new Span(
              done.name,
              done.thread,
              done.start,
              done.end - done.start,
              done.idle,
              Math.max(0, done.end - done.start - done.nestedTotal),
              Math.max(0, done.idle - done.nestedIdle),
              !isOpen(done.name, stack),
              stack.isEmpty()));
    }
  }

  private static boolean isOpen(int name, Deque<Open> stack) {
    for (Open open : stack) {
      if (open.name == name) {
        return true;
      }
    }
    return false;
  }

  /// Start/end ranges may outlive the range they begin in: then only the shared part is nested.
  private void nest(Open outer, Open inner) {
    long end = Math.min(outer.end, inner.end);
    outer.nestedTotal += end - inner.start;
    outer.nestedIdle += end == inner.end ? inner.idle : gpu.idle(inner.start, end);
  }
}
