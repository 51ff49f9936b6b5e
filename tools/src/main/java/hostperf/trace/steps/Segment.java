package hostperf.trace.steps;

import java.util.BitSet;

/// A stretch of a process's device work: a candidate for a step.
final class Segment {
  /// What a graph replay counts for beside kernels launched one by one: it stands for many.
  private static final int GRAPH_WEIGHT = 10;

  private final long start;
  private final BitSet names = new BitSet();
  private long end;
  private long busy;
  private int kernels;
  private boolean hasGraph;

  Segment(long start) {
    this.start = start;
    this.end = start;
  }

  void add(DeviceWork.Piece piece) {
    if (piece.isKernel()) {
      kernels++;
      names.set(piece.name());
      busy += piece.end() - piece.start();
      hasGraph |= piece.isGraph();
    }
    end = Math.max(end, piece.end());
  }

  void endsAt(long time) {
    end = time;
  }

  /// Takes the segment that follows.
  void join(Segment next) {
    names.or(next.names);
    busy += next.busy;
    kernels += next.kernels;
    hasGraph |= next.hasGraph;
    end = next.end;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  long length() {
    return end - start;
  }

  long busy() {
    return busy;
  }

  int kernels() {
    return kernels;
  }

  boolean hasGraph() {
    return hasGraph;
  }

  BitSet names() {
    return names;
  }

  /// How many different things it does: large for a pass through a model, whatever its batch.
  int variety() {
    return names.cardinality() + (hasGraph ? GRAPH_WEIGHT : 0);
  }

  /// Whether two could be the same part of two steps. One with a graph replay and one without are
  /// rather two kinds of steps than two parts of one, so they count as alike.
  boolean isPartLike(Segment other) {
    if (hasGraph != other.hasGraph) {
      return true;
    }
    int more = Math.max(kernels, other.kernels);
    int fewer = Math.min(kernels, other.kernels);
    return sharesNames(other) && more * 2 <= fewer * 3;
  }

  /// A third of the names of both.
  private boolean sharesNames(Segment other) {
    var common = (BitSet) names.clone();
    common.and(other.names);
    var all = (BitSet) names.clone();
    all.or(other.names);
    return common.cardinality() * 3 >= all.cardinality();
  }
}
