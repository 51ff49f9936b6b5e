package hostperf.report.run;

import hostperf.measure.Sample;
import hostperf.measure.Slot;
import hostperf.report.Html;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The launches of a comparison, dropped ones with the reason.
///
/// @param isSwap whether each holds both versions
public record SampleTable(List<Sample> samples, boolean isSwap) {
  public SampleTable {
    samples = List.copyOf(samples);
  }

  /// Of a measurement that may still go on.
  public static SampleTable of(List<Sample> samples) {
    return new SampleTable(
        samples, samples.stream().anyMatch(s -> s.launched().swapped().isPresent()));
  }

  public void write(Html out) {
    out.open("div.scroll tabindex=\"0\" role=\"region\" aria-label=\"Samples\"").open("table");
    out.open("thead")
        .open("tr")
        .leaf("th scope=\"col\"", "Launch")
        .leaf("th scope=\"col\"", "Code")
        .leaf("th scope=\"col\"", "Metrics");
    out.leaf("th.num scope=\"col\"", "Took")
        .leaf("th scope=\"col\"", "Counts")
        .end()
        .end()
        .open("tbody");
    samples.forEach(sample -> row(sample, out));
    out.end().end().end();
  }

  private void row(Sample sample, Html out) {
    boolean isWarmUp = sample.slot().pair() == Slot.WARM_UP;
    out.open("tr").leaf("td", sample.slot().label());
    out.leaf("td", isSwap && !isWarmUp ? "both" : sample.slot().side().word());
    out.leaf("td", metrics(sample));
    out.leaf("td.num", RunReportFigures.seconds(sample.launched().seconds()));
    var counts = isWarmUp ? "no, warm-up" : "yes";
    out.leaf("td", sample.objection().map(why -> "no: " + why).orElse(counts)).end();
  }

  private static String metrics(Sample sample) {
    return sample.launched().metrics().isEmpty()
        ? "–"
        : sample.launched().metrics().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(metric -> metric.getKey() + " " + RunReportFigures.value(metric.getValue()))
            .collect(Collectors.joining(", "));
  }
}
