package hostperf.report;

import hostperf.behaviour.BehaviourWords;
import hostperf.classify.Hotspot;
import hostperf.measure.PointChange;
import hostperf.measure.Sample;
import hostperf.measure.Validation;
import hostperf.report.RunStory.Fate;
import hostperf.report.RunStory.Round;
import hostperf.report.RunStory.Trial;
import hostperf.report.RunStory.Work;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One round on the page: hotspot, evidence, option, tests, verdict, diff and samples.
record RunReportRound(Round round, RunReportHtml out) {

  void write() {
    out.open("section class=\"card round\"").open("header");
    out.leaf("h3", RunReportWords.name(round));
    out.leaf(
        "span class=\"badge %s\"".formatted(tone(round.fate())), RunReportWords.fate(round.fate()));
    out.end();
    if (!round.why().isBlank()) {
      out.sentence("p", round.why());
    }
    out.open("dl class=\"facts\"");
    round.hotspot().ifPresent(this::hotspot);
    round.work().ifPresent(this::work);
    round.trial().ifPresent(this::trial);
    out.end();
    round.work().filter(work -> !work.diff().isBlank()).ifPresent(this::diff);
    round.trial().filter(trial -> !trial.samples().isEmpty()).ifPresent(this::samples);
    out.end();
  }

  static String tone(Fate fate) {
    return switch (fate) {
      case BASELINE -> "baseline";
      case KEPT -> "kept";
      case ROLLED_BACK -> "rolled";
      case HELD -> "held";
      case OPEN -> "open";
    };
  }

  private void hotspot(Hotspot hotspot) {
    out.leaf("dt", "Hotspot").open("dd").leaf("code", hotspot.place().source());
    out.raw("<br>").leaf("code", RunReportWords.place(hotspot));
    out.text(" in ").leaf("code", hotspot.place().function()).end();
    fact("Type", RunReportWords.kind(hotspot));
    fact("Cost", RunReportWords.cost(hotspot));
    list("Evidence", hotspot.reasons());
  }

  private void work(Work work) {
    String pattern = work.pattern().isEmpty() ? "own patch" : work.pattern();
    String risk =
        work.risk().map(level -> ", " + level.name().toLowerCase(Locale.ROOT) + " risk").orElse("");
    fact("Option", "%s (%s%s)".formatted(work.title(), pattern, risk));
    list("Must hold", work.mustHold());
    work.commit()
        .ifPresent(commit -> out.leaf("dt", "Commit").open("dd").leaf("code", commit).end());
  }

  private void trial(Trial trial) {
    trial.tests().ifPresent(tests -> fact("Tests", RunReportWords.tests(tests)));
    trial.behaviour().ifPresent(b -> fact("Behaviour", BehaviourWords.of(b)));
    trial.validation().ifPresent(validation -> validation(validation, trial));
  }

  private void verdict(Validation validation, Optional<Double> p) {
    String word = validation.verdict().word();
    out.leaf("dt", "Verdict").open("dd");
    out.leaf("strong class=\"%s\"".formatted(word), word);
    out.text(RunReportWords.because(validation, p)).end();
  }

  private void validation(Validation validation, Trial trial) {
    verdict(validation, trial.p());
    RunReportWords.measured(validation)
        .ifPresent(measured -> measured(measured, validation, trial.samples()));
    if (!validation.points().isEmpty()) {
      points(validation.points());
    }
    RunReportWords.launches(trial.samples()).ifPresent(took -> fact("Whole launches", took));
    RunReportWords.mechanism(validation).ifPresent(moved -> fact("Mechanism", moved));
    list("Warnings", validation.warnings());
  }

  private void points(List<PointChange> points) {
    out.leaf("dt", "Points").open("dd");
    out.raw(new RunReportPoints(points).svg());
    points.forEach(point -> out.leaf("div", RunReportWords.point(point)));
    out.end();
  }

  private void measured(String measured, Validation validation, List<Sample> samples) {
    out.leaf("dt", "Change").open("dd");
    RunReportWords.primary(round)
        .ifPresent(change -> out.raw(new RunReportStrip(change, samples).svg()));
    validation
        .metrics()
        .forEach(
            change ->
                out.leaf(
                    "div",
                    "%s: %s → %s %s, %s"
                        .formatted(
                            change.metric().name(),
                            RunReportFigures.value(change.before()),
                            RunReportFigures.value(change.after()),
                            change.metric().unit(),
                            RunReportFigures.change(change))));
    out.end();
    fact("Measured", measured);
  }

  private void diff(Work work) {
    out.open(round.fate() == Fate.KEPT ? "details open" : "details");
    out.leaf("summary", "Diff").raw(RunReportDiff.html(work.diff())).end();
  }

  private void samples(Trial trial) {
    out.open("details").leaf("summary", "Samples: " + trial.samples().size() + " launches");
    out.open("div class=\"scroll\"").open("table").open("tr");
    out.leaf("th", "Launch")
        .leaf("th", "Metrics")
        .leaf("th class=\"num\"", "Took")
        .leaf("th", "Counts")
        .end();
    trial.samples().forEach(this::sample);
    out.end().end().end();
  }

  private void sample(Sample sample) {
    out.open("tr").leaf("td", sample.slot().label()).leaf("td", metrics(sample));
    out.leaf("td class=\"num\"", RunReportFigures.seconds(sample.launched().seconds()));
    String counts = sample.slot().pair() == 0 ? "no, warm-up" : "yes";
    out.leaf("td", sample.objection().map(why -> "no: " + why).orElse(counts)).end();
  }

  private static String metrics(Sample sample) {
    return sample.launched().metrics().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(metric -> metric.getKey() + " " + RunReportFigures.value(metric.getValue()))
        .reduce((left, right) -> left + ", " + right)
        .orElse("–");
  }

  private void fact(String name, String text) {
    out.leaf("dt", name).sentence("dd", text);
  }

  private void list(String name, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    out.leaf("dt", name).open("dd").open("ul");
    texts.forEach(text -> out.sentence("li", text));
    out.end().end();
  }
}
