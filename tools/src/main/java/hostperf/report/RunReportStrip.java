package hostperf.report;

import hostperf.measure.Interval;
import hostperf.measure.MetricChange;
import hostperf.measure.Sample;
import hostperf.measure.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One round's evidence as a drawing: each pair's change as a dot, the estimate and its interval
/// as a bar, no change as a line. Plain SVG, so that it shows without scripts.
record RunReportStrip(MetricChange change, List<Sample> samples) {
  private static final int WIDTH = 640;
  private static final int MARGIN = 48;

  String svg() {
    List<Double> changes = changes();
    var scale = Scale.over(Stream.concat(changes.stream(), ends()).toList());
    var out = new RunReportHtml();
    out.open(
        "svg class=\"strip\" viewBox=\"0 0 %d 74\" role=\"img\" aria-label=\"%s\""
            .formatted(WIDTH, RunReportHtml.escaped(RunReportFigures.change(change))));
    Interval interval = change.interval();
    out.raw(line("zero", scale.x(0), scale.x(0), 6, 52));
    out.raw(line("interval", scale.x(interval.low()), scale.x(interval.high()), 40, 40));
    out.raw(circle("estimate", scale.x(change.change()), 40, 6));
    for (int i = 0; i < changes.size(); i++) {
      out.raw(circle("pair", scale.x(changes.get(i)), 12 + 7 * (i % 3), 3.5));
    }
    label(out, scale.x(0), "no change");
    double far = scale.high() > -scale.low() ? scale.high() : scale.low();
    label(out, scale.x(far), RunReportFigures.signed(far));
    return out.end().toString();
  }

  /// The relative change of each complete pair.
  private List<Double> changes() {
    List<Double> changes = new ArrayList<>();
    for (Sample base : samples) {
      samples.stream()
          .filter(sample -> isPartner(base, sample))
          .forEach(candidate -> changes.add(value(candidate) / value(base) - 1));
    }
    return changes;
  }

  private boolean isPartner(Sample base, Sample other) {
    return base.isTaken()
        && other.isTaken()
        && base.slot().pair() > 0
        && base.slot().side() == Side.BASE
        && other.slot().side() == Side.CANDIDATE
        && other.slot().pair() == base.slot().pair()
        && other.slot().attempt() == base.slot().attempt()
        && value(base) > 0;
  }

  private double value(Sample sample) {
    return sample.launched().metrics().getOrDefault(change.metric().name(), 0.0);
  }

  private Stream<Double> ends() {
    return Stream.of(change.interval().low(), change.interval().high());
  }

  private static void label(RunReportHtml out, String x, String text) {
    out.leaf("text x=\"%s\" y=\"68\" text-anchor=\"middle\"".formatted(x), text);
  }

  private static String line(String kind, String from, String to, int top, int bottom) {
    return "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
        .formatted(kind, from, to, top, bottom);
  }

  private static String circle(String kind, String x, int y, double radius) {
    return "<circle class=\"%s\" cx=\"%s\" cy=\"%d\" r=\"%s\"/>".formatted(kind, x, y, radius);
  }

  /// From relative changes to pixels; no change is always in sight, and 1% never fills the width.
  private record Scale(double low, double high) {
    static Scale over(List<Double> changes) {
      return new Scale(
          Math.min(-0.005, changes.stream().mapToDouble(c -> c).min().orElse(0)),
          Math.max(0.005, changes.stream().mapToDouble(c -> c).max().orElse(0)));
    }

    String x(double change) {
      double x = MARGIN + (change - low) / (high - low) * (WIDTH - 2 * MARGIN);
      return String.format(Locale.ROOT, "%.1f", x);
    }
  }
}
