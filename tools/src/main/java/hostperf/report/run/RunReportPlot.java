package hostperf.report.run;

import hostperf.measure.MetricChange;
import hostperf.metric.Better;
import hostperf.report.Html;
import hostperf.verdict.Interval;
import hostperf.verdict.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Changes drawn on one axis in percent, better to the right whichever way a metric goes: the
/// estimate as a dot, its interval as a bar, single pairs as small dots. Places are percentages of
/// the width, so that it fits a phone, and there is no script.
///
/// @param low the left end, as a gain
record RunReportPlot(double low, double high) {
  /// Else noise would fill the width.
  private static final double LEAST = 0.005;

  private static final double ROOM = 0.04;
  private static final int MOST_TICKS = 6;
  private static final double FINEST = 0.001;

  /// @param pairs drawn as dots; may be empty
  record Bar(MetricChange change, List<Pair> pairs) {
    private Better better() {
      return change.metric().better();
    }

    private double gain() {
      return better().signed(change.change());
    }

    private Interval gains() {
      return change.interval().signed(better());
    }

    private List<Double> dots() {
      return pairs.stream().map(p -> better().signed(p.candidate() / p.base() - 1)).toList();
    }

    private DoubleStream all() {
      return DoubleStream.concat(
          DoubleStream.of(gain(), gains().low(), gains().high()),
          dots().stream().mapToDouble(d -> d));
    }
  }

  static RunReportPlot over(Stream<Bar> bars) {
    var all = bars.flatMapToDouble(Bar::all).summaryStatistics();
    double low = Math.min(-LEAST, all.getMin());
    double high = Math.max(LEAST, all.getMax());
    double room = ROOM * (high - low);
    return new RunReportPlot(low - room, high + room);
  }

  String bar(Bar bar) {
    var label = RunReportFigures.change(bar.change());
    var out = new Html();
    out.open("span class=\"plot\" role=\"img\" aria-label=\"%s\"".formatted(Html.escaped(label)));
    ticks().forEach(tick -> out.raw(mark(tick == 0 ? "zero" : "tick", tick, "")));
    for (int i = 0; i < bar.dots().size(); i++) {
      out.raw(mark("pair", bar.dots().get(i), ";top:%d%%".formatted(18 + 16 * (i % 5))));
    }
    double from = at(bar.gains().low());
    out.raw(
        mark("interval", bar.gains().low(), ";width:" + percent(at(bar.gains().high()) - from)));
    return out.raw(mark("estimate", bar.gain(), "")).end().toString();
  }

  /// The scale; its numbers have no sign, since the side says which is better.
  String axis() {
    var out = new Html().open("span class=\"axis\" aria-hidden=\"true\"");
    for (double tick : ticks()) {
      String label = Math.abs(Math.rint(tick * 1000) / 10) + "%";
      out.leaf("i style=\"left:%s\"".formatted(percent(at(tick))), label.replace(".0%", "%"));
    }
    return out.end().toString();
  }

  /// Round numbers, no change among them.
  private List<Double> ticks() {
    double step = FINEST;
    for (int i = 0; (high - low) / step > MOST_TICKS; i++) {
      // 1, 2, 5, 10, …
      step *= i % 3 == 1 ? 2.5 : 2;
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private String mark(String kind, double gain, String style) {
    return "<i class=\"%s\" style=\"left:%s%s\"></i>".formatted(kind, percent(at(gain)), style);
  }

  /// In percent of the width.
  private double at(double gain) {
    return (gain - low) / (high - low) * 100;
  }

  private static String percent(double width) {
    return String.format(Locale.ROOT, "%.2f%%", width);
  }
}
