package hostperf.trace.analyse;

import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws the series of a process from its periods, thinned to what a chart can show.
final class PictureData {
  /// A chart on a wide screen has about so many pixels for its steps.
  private static final int POINTS = 600;

  /// More colours than these cannot be told apart.
  private static final int STACKS = 6;

  /// Rows of the table of host operations.
  private static final int OPERATIONS = 12;

  private final Periods periods;
  private final GpuTimeline gpu;
  private final int every;

  PictureData(Periods periods, GpuTimeline gpu) {
    this.periods = periods;
    this.gpu = gpu;
    this.every = Math.ceilDiv(periods.count(), POINTS);
  }

  Picture picture(
      ProcessReport report,
      List<HostOperation> ranked,
      HostOperations operations,
      List<IdleGap> largestGaps,
      RangeSweep sweep) {
    int[] shown = IntStream.range(0, periods.count()).filter(p -> p % every == 0).toArray();
    Map<String, Series> series = new HashMap<>();
    List<String> names =
        ranked.stream()
            .map(HostOperation::name)
            .filter(name -> !name.equals(HostOperations.UNNAMED))
            .limit(STACKS)
            .toList();
    names.forEach(name -> series.put(name, new Series(shown.length)));
    sweep.run(
        span ->
            Optional.ofNullable(series.get(operations.name(span.name())))
                .ifPresent(line -> add(span, line)));
    var points = new ArrayList<Picture.StepPoint>();
    for (int period : shown) {
      points.add(point(period));
    }
    List<Picture.Stack> stacks =
        names.stream()
            .flatMap(name -> Stream.ofNullable(series.get(name)).map(line -> line.stack(name)))
            .toList();
    return new Picture(
        report,
        points,
        stacks,
        gpu.gaps().buckets(),
        ranked.stream().limit(OPERATIONS).toList(),
        largestGaps);
  }

  /// A range counts for the step in whose period it begins.
  private void add(RangeSweep.Span span, Series series) {
    int period = periods.at(span.start());
    if (period % every == 0) {
      series.exposed[period / every] += span.selfIdle() / 1e3;
      series.hidden[period / every] += (span.selfTotal() - span.selfIdle()) / 1e3;
    }
  }

  private Picture.StepPoint point(int period) {
    Optional<Step> step = periods.step(period);
    return new Picture.StepPoint(
        step.map(Step::number),
        periods.length(period) / 1e3,
        gpu.activeIn(period) / 1e3,
        step.filter(s -> s.phase() == Step.Phase.CONTEXT).isPresent());
  }

  /// One operation over the shown steps, in microseconds.
  private static final class Series {
    private final double[] exposed;
    private final double[] hidden;

    Series(int size) {
      exposed = new double[size];
      hidden = new double[size];
    }

    Picture.Stack stack(String name) {
      return new Picture.Stack(
          name, Arrays.stream(exposed).boxed().toList(), Arrays.stream(hidden).boxed().toList());
    }
  }
}
