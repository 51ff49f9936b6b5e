package hostperf.report;

import hostperf.measure.Sample;
import hostperf.measure.Slot;
import java.util.Map;
import java.util.stream.Collectors;

/// Every launch of a comparison on the page, dropped ones with the reason.
record RunReportSamples(JudgedChange compared) {

  void write(RunReportHtml out) {
    var samples = compared.samples();
    out.open("details");
    out.leaf("summary", "Samples: " + RunReportFigures.count(samples.size(), "launch", "launches"));
    out.open("div.scroll tabindex=\"0\" role=\"region\" aria-label=\"Samples\"").open("table");
    out.open("thead").open("tr").leaf("th", "Launch").leaf("th", "Code").leaf("th", "Metrics");
    out.leaf("th.num", "Took").leaf("th", "Counts").end().end().open("tbody");
    samples.forEach(sample -> row(sample, out));
    out.end().end().end().end();
  }

  private void row(Sample sample, RunReportHtml out) {
    boolean isWarmUp = sample.slot().pair() == Slot.WARM_UP;
    out.open("tr").leaf("td", sample.slot().label());
    out.leaf("td", compared.isSwap() && !isWarmUp ? "both" : sample.slot().side().word());
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
