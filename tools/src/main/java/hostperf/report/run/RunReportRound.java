package hostperf.report.run;

import hostperf.behaviour.BehaviourWords;
import hostperf.classify.Hotspot;
import hostperf.measure.MetricChange;
import hostperf.report.DiffHtml;
import hostperf.report.Html;
import hostperf.report.run.RunReportPlot.Bar;
import hostperf.report.run.RunStory.Fate;
import hostperf.report.run.RunStory.Round;
import hostperf.report.run.RunStory.Trial;
import hostperf.report.run.RunStory.Work;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One round on the page: hotspot, evidence, option, tests, verdict, diff and samples.
record RunReportRound(Round round, Html out) {

  void write() {
    out.open("section.card.round").open("header");
    out.leaf("h3", RunReportWords.name(round));
    out.leaf("span.badge." + tone(round.fate()), RunReportWords.fate(round.fate())).end();
    if (!round.why().isBlank()) {
      out.sentence("p", round.why());
    }
    RunReportWords.judged(round).ifPresent(this::judged);
    out.open("dl.facts");
    round.hotspot().ifPresent(this::hotspot);
    round.work().ifPresent(this::work);
    round.trial().ifPresent(this::trial);
    out.end();
    round.work().filter(work -> !work.diff().isBlank()).ifPresent(this::diff);
    RunReportWords.judged(round)
        .filter(compared -> !compared.samples().isEmpty())
        .ifPresent(this::samples);
    out.end();
  }

  static String tone(Fate fate) {
    return switch (fate) {
      case KEPT -> "kept";
      case ROLLED_BACK -> "rolled";
      case HELD -> "held";
      case OPEN -> "open";
    };
  }

  /// The verdict and the figure it rests on, drawn with every pair that was compared.
  private void judged(JudgedChange compared) {
    var verdict = compared.verdict().word();
    out.open("p.judged").leaf("strong." + verdict, verdict);
    compared.deciding().ifPresent(change -> figure(compared, change));
    out.end();
    compared.deciding().ifPresent(change -> drawn(compared, change));
    if (!compared.reason().isEmpty()) {
      out.sentence("p", compared.reason());
    }
    if (!compared.validation().points().isEmpty()) {
      new RunReportPoints(compared.validation().points()).write(out);
    }
  }

  private void figure(JudgedChange compared, MetricChange change) {
    out.text(" ").leaf("strong", RunReportFigures.signed(change.change())).text(" ");
    out.leaf("code", change.metric().name());
    var interval =
        "%s interval %s"
            .formatted(
                RunReportFigures.confidence(change.interval()),
                RunReportFigures.interval(change.interval()));
    var parts =
        Stream.of(
            RunReportFigures.direction(change),
            compared.isReached() ? interval : "",
            RunReportWords.chance(compared));
    out.text(" " + RunReportFigures.moved(change));
    out.leaf("span.soft", parts.filter(part -> !part.isEmpty()).collect(Collectors.joining(" · ")));
  }

  private void drawn(JudgedChange compared, MetricChange change) {
    var bar = new Bar(change, compared.pairs());
    var plot = RunReportPlot.over(Stream.of(bar));
    out.open("figure.drawn").raw(plot.bar(bar)).raw(plot.axis());
    out.leaf(
        "figcaption",
        "%s · one dot a pair of %s"
            .formatted(RunReportWords.AXIS, compared.isSwap() ? "blocks" : "launches"));
    out.end();
  }

  private void hotspot(Hotspot hotspot) {
    out.leaf("dt", "Hotspot").open("dd").leaf("code", hotspot.place().source());
    out.raw("<br>").leaf("code", RunReportWords.place(hotspot));
    out.text(" in ").leaf("code", hotspot.place().function()).end();
    fact("Type", RunReportWords.kind(hotspot));
    fact("Cost", RunReportWords.cost(hotspot));
    list("Evidence", hotspot.evidence());
  }

  private void work(Work work) {
    String pattern = work.pattern().isEmpty() ? "own patch" : work.pattern();
    String risk =
        work.risk().map(level -> ", " + level.name().toLowerCase(Locale.ROOT) + " risk").orElse("");
    fact("Option", pattern + risk);
    list("Must hold", work.mustHold());
    work.commit()
        .ifPresent(commit -> out.leaf("dt", "Commit").open("dd").leaf("code", commit).end());
  }

  private void trial(Trial trial) {
    trial.tests().ifPresent(tests -> fact("Tests", RunReportWords.tests(tests)));
    trial.behaviour().ifPresent(b -> fact("Behaviour", BehaviourWords.of(b)));
    trial.change().ifPresent(this::measured);
  }

  private void measured(JudgedChange compared) {
    RunReportWords.measured(compared).ifPresent(measured -> fact("Measured", measured));
    list("Other metrics", compared.others().stream().map(RunReportFigures::whole).toList());
    RunReportWords.launches(compared).ifPresent(took -> fact("Whole launches", took));
    RunReportWords.mechanism(compared.validation()).ifPresent(moved -> fact("Mechanism", moved));
    list("Warnings", compared.validation().warnings());
  }

  private void diff(Work work) {
    out.open(round.fate() == Fate.KEPT ? "details open" : "details");
    out.leaf("summary", "Diff");
    new DiffHtml(work.diff(), List.of()).unified(out);
    out.end();
  }

  private void samples(JudgedChange compared) {
    var launches = RunReportFigures.count(compared.samples().size(), "launch", "launches");
    out.open("details").leaf("summary", "Samples: " + launches);
    new SampleTable(compared.samples(), compared.isSwap()).write(out);
    out.end();
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
