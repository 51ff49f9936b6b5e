package hostperf.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// How a process's GPU work in its window divides into graph replays and single kernels.
final class GraphUse {
  private static final int NAMED = 10;

  private final Trace trace;
  private final Periods periods;
  private final long[] timeByKind = new long[Track.Kind.values().length];
  private final long[] countByKind = new long[Track.Kind.values().length];
  private final int[] kernelsPerPeriod;
  private final int[] graphWorkPerPeriod;

  GraphUse(Trace trace, Periods periods) {
    this.trace = trace;
    this.periods = periods;
    this.kernelsPerPeriod = new int[periods.count()];
    this.graphWorkPerPeriod = new int[periods.count()];
  }

  /// Takes a piece of the process's work that starts in the window.
  void add(int event, int period) {
    Events gpu = trace.gpu();
    Track.Kind kind = trace.track(event).kind();
    timeByKind[kind.ordinal()] += gpu.end(event) - gpu.start(event);
    countByKind[kind.ordinal()]++;
    kernelsPerPeriod[period]++;
    if (kind != Track.Kind.EAGER) {
      graphWorkPerPeriod[period]++;
    }
  }

  /// Kernels of a period, a replay whose kernels were not recorded counting as one.
  int kernelsIn(int period) {
    return kernelsPerPeriod[period];
  }

  /// Whether any graph work with a duration was recorded.
  boolean hasTimedGraphWork() {
    return timeByKind[Track.Kind.REPLAY.ordinal()] > 0
        || timeByKind[Track.Kind.GRAPH_NODE.ordinal()] > 0;
  }

  GraphCoverage coverage(long process, long replays) {
    long whole = timeByKind[Track.Kind.REPLAY.ordinal()];
    long nodes = timeByKind[Track.Kind.GRAPH_NODE.ordinal()];
    long eager = timeByKind[Track.Kind.EAGER.ordinal()];
    double steps = periods.count();
    return new GraphCoverage(
        whole + nodes == 0 ? 0 : (double) (whole + nodes) / (whole + nodes + eager),
        replays / steps,
        whole > 0 ? "graph" : nodes > 0 ? "node" : "none",
        countByKind[Track.Kind.EAGER.ordinal()] / steps,
        eagerBetweenReplays(process));
  }

  private List<GraphCoverage.EagerKernel> eagerBetweenReplays(long process) {
    long graphed = Arrays.stream(graphWorkPerPeriod).filter(n -> n > 0).count();
    if (graphed == 0) {
      return List.of();
    }
    long[] counts = eagerCounts(process);
    var kernels = new ArrayList<GraphCoverage.EagerKernel>();
    for (int name = 0; name < counts.length; name++) {
      if (counts[name] > 0) {
        kernels.add(
            new GraphCoverage.EagerKernel(
                trace.names().get(name), (double) counts[name] / graphed));
      }
    }
    kernels.sort(
        Comparator.comparingDouble(GraphCoverage.EagerKernel::perStep)
            .reversed()
            .thenComparing(GraphCoverage.EagerKernel::name));
    return kernels.subList(0, Math.min(NAMED, kernels.size()));
  }

  private long[] eagerCounts(long process) {
    var counts = new long[trace.names().size()];
    Events gpu = trace.gpu();
    for (int i = 0; i < gpu.size(); i++) {
      Track track = trace.track(i);
      if (track.process() == process
          && track.kind() == Track.Kind.EAGER
          && periods.contains(gpu.start(i))
          && graphWorkPerPeriod[periods.at(gpu.start(i))] > 0) {
        counts[gpu.name(i)]++;
      }
    }
    return counts;
  }
}
