package hostperf.report;

import hostperf.measure.Interval;
import hostperf.measure.PointChange;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the deciding metric says at each point of the workload: a row a point, with the estimate
/// and its interval against no change. Plain SVG, so that it shows without scripts.
record RunReportPoints(List<PointChange> points) {
  private static final int WIDTH = 640;
  private static final int NAMES = 130;
  private static final int MARGIN = 40;
  private static final int ROW = 26;

  String svg() {
    double low = Math.min(-0.005, ends().mapToDouble(e -> e).min().orElse(0));
    double high = Math.max(0.005, ends().mapToDouble(e -> e).max().orElse(0));
    int height = ROW * points.size();
    var out = new RunReportHtml();
    out.open(
        "svg class=\"strip\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
            .formatted(WIDTH, height + 22, "change at each point"));
    out.raw(line("zero", x(0, low, high), x(0, low, high), 2, height));
    for (int i = 0; i < points.size(); i++) {
      var change = points.get(i).change();
      int y = ROW * i + ROW / 2;
      out.leaf("text x=\"4\" y=\"%d\"".formatted(y + 4), points.get(i).point());
      Interval interval = change.interval();
      out.raw(line("interval", x(interval.low(), low, high), x(interval.high(), low, high), y, y));
      out.raw(
          "<circle class=\"estimate\" cx=\"%s\" cy=\"%d\" r=\"5\"/>"
              .formatted(x(change.change(), low, high), y));
    }
    label(out, x(0, low, high), height + 16, "no change");
    double far = high > -low ? high : low;
    label(out, x(far, low, high), height + 16, RunReportFigures.signed(far));
    return out.end().toString();
  }

  private Stream<Double> ends() {
    return points.stream()
        .map(p -> p.change().interval())
        .flatMap(i -> Stream.of(i.low(), i.high()));
  }

  private static String x(double change, double low, double high) {
    double x = NAMES + (change - low) / (high - low) * (WIDTH - NAMES - MARGIN);
    return String.format(Locale.ROOT, "%.1f", x);
  }

  private static void label(RunReportHtml out, String x, int y, String text) {
    out.leaf("text x=\"%s\" y=\"%d\" text-anchor=\"middle\"".formatted(x, y), text);
  }

  private static String line(String kind, String from, String to, int top, int bottom) {
    return "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
        .formatted(kind, from, to, top, bottom);
  }
}
