package hostperf.report.run;

import static hostperf.report.run.RunReportMarkup.block;
import static hostperf.report.run.RunReportMarkup.code;
import static hostperf.report.run.RunReportMarkup.sentence;

import hostperf.behaviour.BehaviourWords;
import hostperf.classify.Hotspot;
import hostperf.measure.MetricChange;
import hostperf.report.run.RunStory.Round;
import hostperf.report.run.RunStory.Trial;
import hostperf.report.run.RunStory.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One round in the Markdown, the diff with it where it was rolled back: no commit shows it.
record RunReportMarkdownRound(Round round) {

  String text() {
    var lines = new ArrayList<String>();
    round.hotspot().ifPresent(hotspot -> lines.addAll(hotspot(hotspot)));
    round.work().ifPresent(work -> lines.add(work(work)));
    round.trial().ifPresent(trial -> lines.addAll(trial(trial)));
    lines.add("**%s.** %s".formatted(fate(), sentence(round.why())).strip());
    return "### %s\n\n%s%s"
        .formatted(
            RunReportMarkup.text(RunReportWords.name(round)),
            lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining()),
            round.isFailed() ? round.work().map(this::diff).orElse("") : "");
  }

  private String fate() {
    String fate = RunReportWords.fate(round.fate());
    return Character.toUpperCase(fate.charAt(0)) + fate.substring(1);
  }

  private String diff(Work work) {
    return work.diff().isBlank()
        ? ""
        : "\n<details><summary>What was rolled back</summary>\n\n%s</details>\n"
            .formatted(block("diff", work.diff()));
  }

  private static List<String> hotspot(Hotspot hotspot) {
    String what =
        "Hotspot: %s at %s in %s (%s): %s."
            .formatted(
                code(hotspot.place().source()),
                code(RunReportWords.place(hotspot)),
                code(hotspot.place().function()),
                RunReportWords.kind(hotspot),
                RunReportMarkup.text(RunReportWords.cost(hotspot)));
    String why =
        hotspot.evidence().stream()
            .map(RunReportMarkup::sentence)
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? List.of(what) : List.of(what, "Evidence: " + why + ".");
  }

  private static String work(Work work) {
    String risk =
        work.risk()
            .map(level -> level.name().toLowerCase(Locale.ROOT) + " risk")
            .orElse("risk not rated");
    String facts =
        work.mustHold().isEmpty()
            ? ""
            : " Must hold: "
                + work.mustHold().stream()
                    .map(RunReportMarkup::text)
                    .collect(Collectors.joining("; "))
                + ".";
    String pattern = work.pattern().isEmpty() ? "own patch" : "pattern " + code(work.pattern());
    return "Option: %s, %s.%s".formatted(pattern, risk, facts);
  }

  private static List<String> trial(Trial trial) {
    var lines = new ArrayList<String>();
    trial.tests().ifPresent(tests -> lines.add(line("Tests", RunReportWords.tests(tests))));
    trial.behaviour().ifPresent(b -> lines.add(line("Behaviour", BehaviourWords.of(b))));
    trial.change().ifPresent(compared -> lines.addAll(compared(compared)));
    return lines;
  }

  private static List<String> compared(JudgedChange compared) {
    var lines = new ArrayList<String>();
    lines.add("Verdict: " + verdict(compared));
    RunReportWords.measured(compared).ifPresent(m -> lines.add(line("Measured", m)));
    compared.others().forEach(c -> lines.add(line("Other metric", RunReportFigures.whole(c))));
    compared.validation().points().forEach(p -> lines.add(line("Point", RunReportWords.point(p))));
    RunReportWords.launches(compared).ifPresent(took -> lines.add(line("Whole launches", took)));
    RunReportWords.mechanism(compared.validation())
        .ifPresent(moved -> lines.add(line("Mechanism", moved)));
    compared.validation().warnings().forEach(w -> lines.add("Warning: " + sentence(w)));
    return lines;
  }

  private static String line(String what, String words) {
    return "%s: %s.".formatted(what, sentence(words));
  }

  private static String verdict(JudgedChange compared) {
    String figure = compared.deciding().map(change -> ": " + figure(compared, change)).orElse(".");
    return "**%s**%s %s"
        .formatted(compared.verdict().word(), figure, sentence(compared.reason()))
        .strip();
  }

  /// Where no verdict was reached, the reason beside it gives the interval.
  private static String figure(JudgedChange compared, MetricChange change) {
    String chance = RunReportWords.chance(compared);
    return "%s%s."
        .formatted(
            sentence(
                compared.isReached()
                    ? RunReportFigures.whole(change)
                    : RunReportFigures.brief(change)),
            chance.isEmpty() ? "" : ", " + chance);
  }
}
