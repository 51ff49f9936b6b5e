package hostperf.trace.steps;

import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Cuts a process's device work where kernels recur that run once in every step.
///
/// Names that occur equally often and spread over the whole trace run once a step, or once a layer;
/// of those the rarest are taken. One name by itself may be a coincidence.
final class RecurringKernels {
  private static final int FEWEST = 3;
  private static final int FEWEST_NAMES = 2;

  /// How much of the trace may lie before the first and behind the last, as one part in so many.
  private static final int EDGE = 5;

  private final Trace trace;
  private final long process;
  private final int[] counts;
  private final long[] first;
  private final long[] last;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  RecurringKernels(Trace trace, long process) {
    this.trace = trace;
    this.process = process;
    this.counts = new int[trace.names().size()];
    this.first = new long[counts.length];
    this.last = new long[counts.length];
    DeviceWork.forEach(trace, process, this::count);
  }

  private void count(DeviceWork.Piece piece) {
    from = Math.min(from, piece.start());
    to = Math.max(to, piece.end());
    if (piece.isKernel()) {
      int name = piece.name();
      first[name] = counts[name] == 0 ? piece.start() : first[name];
      last[name] = piece.start();
      counts[name]++;
    }
  }

  /// Empty where nothing recurs.
  List<Segment> segments() {
    BitSet once = onceAStep();
    return once.isEmpty() ? List.of() : cut(firstOf(once));
  }

  private BitSet onceAStep() {
    var best = new BitSet();
    int rarest = Integer.MAX_VALUE;
    for (int name = 0; name < counts.length; name++) {
      if (counts[name] < rarest && isSpread(name)) {
        BitSet alike = alike(counts[name]);
        if (alike.cardinality() >= FEWEST_NAMES) {
          best = alike;
          rarest = counts[name];
        }
      }
    }
    return best;
  }

  private boolean isSpread(int name) {
    long edge = (to - from) / EDGE;
    return counts[name] >= FEWEST && first[name] - from <= edge && to - last[name] <= edge;
  }

  private BitSet alike(int count) {
    var names = new BitSet();
    for (int name = 0; name < counts.length; name++) {
      if (counts[name] == count && isSpread(name)) {
        names.set(name);
      }
    }
    return names;
  }

  /// Of the names that run once a step, the one before which the device idles longest: a step
  /// begins with the host's work.
  private int firstOf(BitSet once) {
    var idle = new long[counts.length];
    var end = new long[] {from};
    DeviceWork.forEach(
        trace,
        process,
        piece -> {
          if (piece.isKernel() && once.get(piece.name())) {
            idle[piece.name()] += Math.max(0, piece.start() - end[0]);
          }
          end[0] = Math.max(end[0], piece.end());
        });
    return once.stream().boxed().max((a, b) -> Long.compare(idle[a], idle[b])).orElseThrow();
  }

  private List<Segment> cut(int name) {
    var segments = new ArrayList<Segment>();
    DeviceWork.forEach(
        trace,
        process,
        piece -> {
          if (piece.isKernel() && piece.name() == name) {
            if (!segments.isEmpty()) {
              segments.getLast().endsAt(piece.start());
            }
            segments.add(new Segment(piece.start()));
          }
          if (!segments.isEmpty()) {
            segments.getLast().add(piece);
          }
        });
    // The last has begun, but nothing shows where it ends.
    return segments.isEmpty() ? segments : segments.subList(0, segments.size() - 1);
  }
}
