package hostperf.trace.timeline;

import hostperf.trace.read.Trace;
import hostperf.trace.read.Track;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// How a process's GPU work in its window divides into graph replays and single kernels.
public final class GraphUse {
  private static final int NAMED = 10;

  private final Trace trace;
  private final Periods periods;
  private final Map<Track.Kind, Sum> byKind = new EnumMap<>(Track.Kind.class);
  private final Sum[] byTrack;
  private final boolean[] isGraph;
  private final int[] kernelsPerPeriod;
  private final int[] graphWorkPerPeriod;

  private static final class Sum {
    private long count;
    private long nanos;
  }

  GraphUse(Trace trace, Periods periods) {
    for (Track.Kind kind : Track.Kind.values()) {
      byKind.put(kind, new Sum());
    }
    this.trace = trace;
    this.byTrack =
        trace.places().tracks().stream().map(track -> of(track.kind())).toArray(Sum[]::new);
    this.isGraph = trace.tracks(track -> track.kind() != Track.Kind.EAGER);
    this.periods = periods;
    this.kernelsPerPeriod = new int[periods.count()];
    this.graphWorkPerPeriod = new int[periods.count()];
  }

  /// Takes a piece of the process's work that starts in the window.
  void add(long nanos, int track, int period) {
    Sum sum = byTrack[track];
    sum.count++;
    sum.nanos += nanos;
    kernelsPerPeriod[period]++;
    if (isGraph[track]) {
      graphWorkPerPeriod[period]++;
    }
  }

  /// Kernels of a period, a replay whose kernels were not recorded counting as one.
  public int kernelsIn(int period) {
    return kernelsPerPeriod[period];
  }

  /// Whether any graph work with a duration was recorded.
  public boolean hasTimedGraphWork() {
    return of(Track.Kind.REPLAY).nanos > 0 || of(Track.Kind.GRAPH_NODE).nanos > 0;
  }

  private Sum of(Track.Kind kind) {
    return Objects.requireNonNull(byKind.get(kind));
  }

  public GraphCoverage coverage(long process, Optional<Long> replays) {
    long whole = of(Track.Kind.REPLAY).nanos;
    long nodes = of(Track.Kind.GRAPH_NODE).nanos;
    long eager = of(Track.Kind.EAGER).nanos;
    double steps = periods.count();
    return new GraphCoverage(
        whole + nodes == 0 ? 0 : (double) (whole + nodes) / (whole + nodes + eager),
        replays.map(count -> count / steps),
        whole > 0 ? "graph" : nodes > 0 ? "node" : "none",
        of(Track.Kind.EAGER).count / steps,
        graphedSteps(),
        eagerBetweenReplays(process));
  }

  /// Of the steps that generate, else of all.
  private double graphedSteps() {
    int[] generating =
        IntStream.range(0, periods.count())
            .filter(
                p -> periods.step(p).filter(s -> s.phase() == Step.Phase.GENERATION).isPresent())
            .toArray();
    int[] counted =
        generating.length > 0 ? generating : IntStream.range(0, periods.count()).toArray();
    long graphed = Arrays.stream(counted).filter(p -> graphWorkPerPeriod[p] > 0).count();
    return (double) graphed / Math.max(1, counted.length);
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
    List<Track> tracks = trace.places().tracks();
    trace
        .gpu()
        .forEach(
            (start, _, name, place) -> {
              Track track = tracks.get(place);
              if (track.process() == process
                  && track.kind() == Track.Kind.EAGER
                  && periods.contains(start)
                  && graphWorkPerPeriod[periods.at(start)] > 0) {
                counts[name]++;
              }
            });
    return counts;
  }
}
