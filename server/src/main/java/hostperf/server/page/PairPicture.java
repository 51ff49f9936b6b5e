package hostperf.server.page;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.measure.Mode;
import hostperf.measure.Sample;
import hostperf.measure.Swapped;
import hostperf.report.Figures;
import hostperf.report.Html;
import hostperf.verdict.Medians;
import hostperf.verdict.Percent;
import hostperf.verdict.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The pairs of a measurement so far, each as a dot: better to the right. It is a picture, not a
/// verdict.
///
/// @param gains of the candidate over the base, one a pair, in their order
record PairPicture(Quantity metric, List<Double> gains) {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 54;
  private static final int MARGIN = 40;

  /// Else noise would fill the width.
  private static final double LEAST = 0.01;

  /// Empty where there is no pair, or the metric is not known any more.
  static Optional<PairPicture> of(List<Sample> samples, Checkout checkout) {
    boolean isSwap = samples.stream().anyMatch(s -> s.launched().swapped().isPresent());
    return (isSwap ? Optional.of(Swapped.STEP) : primary(checkout))
        .map(metric -> of(metric, isSwap ? Mode.SWAP : Mode.LAUNCHES, samples))
        .filter(picture -> !picture.gains().isEmpty());
  }

  private static PairPicture of(Quantity metric, Mode mode, List<Sample> samples) {
    return new PairPicture(
        metric,
        mode.units().of(metric.name(), samples).stream()
            .map(p -> metric.better().signed(p.candidate() / p.base() - 1))
            .toList());
  }

  private static Optional<Quantity> primary(Checkout checkout) {
    try {
      var configuration = checkout.configuration();
      return Optional.of(Quantity.at(configuration.points(), configuration.primary()).getFirst());
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  void write(Html out) {
    double median = Medians.of(gains.stream().mapToDouble(gain -> gain));
    var words =
        "%s, median change of %s %s (%s is better)"
            .formatted(
                Figures.count(gains.size(), "pair"),
                metric.name(),
                Percent.signed(metric.better().signed(median)),
                metric.better().word());
    out.leaf("p", words + ". This is a picture of the pairs, not the verdict.");
    double most = Math.max(LEAST, gains.stream().mapToDouble(Math::abs).max().orElse(LEAST)) * 1.05;
    out.open(
        "svg.pairs viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
            .formatted(WIDTH, HEIGHT, Html.escaped(words)));
    out.raw(
        "<line class=\"zero\" x1=\"%d\" x2=\"%1$d\" y1=\"0\" y2=\"%d\"/>"
            .formatted(WIDTH / 2, HEIGHT));
    for (int i = 0; i < gains.size(); i++) {
      double x = WIDTH / 2.0 + gains.get(i) / most * (WIDTH / 2.0 - MARGIN);
      out.raw(
          String.format(
              Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", x, 7 + 10 * (i % 5)));
    }
    out.end().open("p.axis-words aria-hidden=\"true\"").leaf("span", "← worse");
    out.leaf("span", "0, ends at ±" + Percent.percent(most)).leaf("span", "better →");
    out.end();
  }
}
