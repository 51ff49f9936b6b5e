package hostperf.trace.analyse;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.MakeUp;
import hostperf.trace.steps.Step;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The steps of one make-up in one process, and what each host operation takes in them.
public final class SteadySteps {
  /// Mean time per step of one operation, and how surely it is known.
  ///
  /// @param error standard error of the mean
  public record Mean(double us, double error) {}

  private final Trace trace;
  private final long process;
  private final ProcessAnalysis.Window window;

  private final NvtxRanges ranges;

  public SteadySteps(Trace trace, long process, ProcessAnalysis.Window window, NvtxRanges ranges) {
    this.trace = trace;
    this.ranges = ranges;
    this.process = process;
    this.window = window;
  }

  /// How many steps of each make-up there are; steps without requests do not count.
  public Map<MakeUp, List<Integer>> makeUps() {
    Map<MakeUp, List<Integer>> periods = new TreeMap<>();
    for (int period = 0; period < window.periods().count(); period++) {
      int at = period;
      window
          .periods()
          .step(period)
          .filter(step -> step.phase() != Step.Phase.NO_WORK)
          .ifPresent(
              step -> periods.computeIfAbsent(step.makeUp(), _ -> new ArrayList<>()).add(at));
    }
    return periods;
  }

  /// The figures of the chosen periods.
  public Figures figures(List<Integer> periods) {
    var gpu = new GpuTimeline(trace, process, window.periods());
    var calls = new HostCalls(trace, process, window.periods());
    return new Figures(
        periods.stream().mapToLong(window.periods()::length).average().orElse(0) / 1e3,
        periods.stream().mapToInt(gpu.graphs()::kernelsIn).average().orElse(0),
        periods.stream().mapToInt(calls::callsIn).average().orElse(0),
        operations(periods, gpu));
  }

  public record Figures(
      double wallUs, double kernels, double apiCalls, Map<String, Mean> operations) {
    public Figures {
      operations = Map.copyOf(operations);
    }
  }

  private Map<String, Mean> operations(List<Integer> chosen, GpuTimeline gpu) {
    var places = new HashMap<Integer, Integer>();
    chosen.forEach(period -> places.put(period, places.size()));
    var names = new HostOperations(trace, window.periods(), gpu, window.thread(), ranges);
    Map<String, double[]> perStep = new LinkedHashMap<>();
    new RangeSweep(trace, process, window.periods(), gpu)
        .run(
            span -> {
              Integer place = places.get(window.periods().at(span.start()));
              if (place != null && span.isOutermostOfItsName()) {
                perStep
                        .computeIfAbsent(names.name(span.name()), _ -> new double[chosen.size()])[
                        place] +=
                    span.total() / 1e3;
              }
            });
    var means = new HashMap<String, Mean>();
    perStep.forEach((name, values) -> means.put(name, mean(values)));
    return means;
  }

  private static Mean mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double variance = values.length < 2 ? 0 : squares / (values.length - 1);
    return new Mean(mean, Math.sqrt(variance / values.length));
  }
}
