package hostperf.report;

import static hostperf.report.RunReportMarkup.block;
import static hostperf.report.RunReportMarkup.code;
import static hostperf.report.RunReportMarkup.sentence;
import static hostperf.report.RunReportMarkup.text;

import hostperf.behaviour.BehaviourWords;
import hostperf.classify.Hotspot;
import hostperf.measure.MetricChange;
import hostperf.measure.PointChange;
import hostperf.measure.Validation;
import hostperf.profile.SpentLine;
import hostperf.report.RunStory.Fate;
import hostperf.report.RunStory.Round;
import hostperf.report.RunStory.Trial;
import hostperf.report.RunStory.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A run as the text of a pull request: result first, then what a reviewer checks.
final class RunReportMarkdown {
  private final RunStory story;
  private final RunReportWords words;

  RunReportMarkdown(RunStory story) {
    this.story = story;
    this.words = new RunReportWords(story);
  }

  String whole() {
    return Stream.of(
            head(),
            table(),
            changes(),
            story.time().map(time -> new RunReportTime(time).markdown()).orElse(""),
            allRounds(),
            failures(),
            remaining(),
            advice(),
            notes(),
            measured(),
            rerun())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /// The rounds with this number: one, or more where it was tried again.
  String rounds(int number) {
    return story.rounds().stream()
        .filter(round -> round.number() == number)
        .map(this::round)
        .collect(Collectors.joining("\n"));
  }

  private String head() {
    String goal = story.facts().goal();
    return "# %s\n\n%s\n%s"
        .formatted(
            text(words.title()),
            sentence(story.end().summary()),
            goal.isBlank() ? "" : "\nGoal: " + text(goal) + "\n");
  }

  private String table() {
    return story
        .end()
        .overall()
        .map(
            overall ->
                """
                ## Before and after

                Original base against the final tree, re-measured in %d pairs. %s

                | metric | median before | median after | change in pairs | its interval | better |
                |---|---:|---:|---:|---|---|
                %s%s%s\
                """
                    .formatted(
                        overall.validation().samples().pairs(),
                        sentence(overall.validation().reason()),
                        overall.validation().metrics().stream()
                            .map(this::row)
                            .collect(Collectors.joining()),
                        points(overall.validation().points()),
                        product()))
        .orElse("");
  }

  private String row(MetricChange change) {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            code(change.metric().name()) + " (" + text(change.metric().unit()) + ")",
            RunReportFigures.value(change.before()),
            RunReportFigures.value(change.after()),
            RunReportFigures.signed(change.change()),
            RunReportFigures.interval(change.interval()),
            change.metric().better().name().toLowerCase(Locale.ROOT));
  }

  private String points(List<PointChange> points) {
    return points.isEmpty()
        ? ""
        : "\n"
            + "| point | verdict | before | after | change | interval |\n"
            + "|---|---|---:|---:|---:|---|\n"
            + points.stream()
                .map(
                    p ->
                        "| %s | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                text(p.point()),
                                p.verdict().word(),
                                RunReportFigures.value(p.change().before()),
                                RunReportFigures.value(p.change().after()),
                                RunReportFigures.signed(p.change().change()),
                                RunReportFigures.interval(p.change().interval())))
                .collect(Collectors.joining());
  }

  private String product() {
    return words
        .productOfKept()
        .map(
            product ->
                "\nThe product of the kept rounds' estimates is %s; winners were picked, so such a product tends to be too high.\n"
                    .formatted(RunReportFigures.signed(product)))
        .orElse("");
  }

  private String changes() {
    String rows =
        story.rounds().stream()
            .filter(round -> round.fate() == Fate.KEPT)
            .map(this::changeRow)
            .collect(Collectors.joining());
    return rows.isEmpty()
        ? ""
        : "## Changes\n\n| where | type | change | commit |\n|---|---|---|---|\n" + rows;
  }

  private String changeRow(Round round) {
    return "| %s | %s | %s | %s |\n"
        .formatted(
            round.hotspot().map(hotspot -> code(RunReportWords.place(hotspot))).orElse("–"),
            round.hotspot().map(hotspot -> hotspot.typeWords()).orElse("–"),
            round.work().map(work -> text(work.title())).orElse("–"),
            round.work().flatMap(Work::commit).map(RunReportMarkdown::commit).orElse("–"));
  }

  private String allRounds() {
    return "## Rounds\n\n"
        + story.rounds().stream().map(this::round).collect(Collectors.joining("\n"));
  }

  private String round(Round round) {
    var lines = new ArrayList<String>();
    round.hotspot().ifPresent(hotspot -> lines.addAll(hotspot(hotspot)));
    round.work().ifPresent(work -> lines.add(work(work)));
    round.trial().ifPresent(trial -> lines.addAll(trial(trial)));
    lines.add(
        "**%s.** %s"
            .formatted(capital(RunReportWords.fate(round.fate())), sentence(round.why()))
            .strip());
    return "### %s\n\n%s"
        .formatted(
            text(RunReportWords.name(round)),
            lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining()));
  }

  private static List<String> hotspot(Hotspot hotspot) {
    String what =
        "Hotspot: %s at %s in %s (%s): %s."
            .formatted(
                code(hotspot.place().source()),
                code(RunReportWords.place(hotspot)),
                code(hotspot.place().function()),
                RunReportWords.kind(hotspot),
                text(RunReportWords.cost(hotspot)));
    String why =
        hotspot.reasons().stream().map(RunReportMarkup::sentence).collect(Collectors.joining("; "));
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
    return "Option: %s (%s, %s).%s".formatted(text(work.title()), pattern, risk, facts);
  }

  private static List<String> trial(Trial trial) {
    var lines = new ArrayList<String>();
    trial
        .tests()
        .ifPresent(tests -> lines.add("Tests: " + text(RunReportWords.tests(tests)) + "."));
    trial.behaviour().ifPresent(b -> lines.add("Behaviour: " + text(BehaviourWords.of(b)) + "."));
    trial
        .validation()
        .ifPresent(
            validation -> {
              lines.add("Verdict: " + verdict(validation, trial.p()));
              RunReportWords.measured(validation)
                  .ifPresent(measured -> lines.add("Measured: " + measured + "."));
              validation
                  .points()
                  .forEach(point -> lines.add("Point " + text(RunReportWords.point(point)) + "."));
              RunReportWords.launches(trial.samples())
                  .ifPresent(took -> lines.add("Beside the metric: " + took + "."));
              RunReportWords.mechanism(validation)
                  .ifPresent(moved -> lines.add("Mechanism: " + moved + "."));
              validation.warnings().forEach(warning -> lines.add("Warning: " + sentence(warning)));
            });
    return lines;
  }

  private static String verdict(Validation validation, Optional<Double> p) {
    return "**%s**%s"
        .formatted(validation.verdict().word(), sentence(RunReportWords.because(validation, p)));
  }

  private String failures() {
    String failed =
        story.rounds().stream()
            .filter(Round::isFailed)
            .map(
                round ->
                    "<details><summary>%s — %s</summary>\n\n%s\n\n%s</details>\n"
                        .formatted(
                            text(RunReportWords.name(round)),
                            RunReportWords.verdict(round),
                            sentence(RunReportWords.failure(round)),
                            round.work().map(work -> block("diff", work.diff())).orElse("")))
            .collect(Collectors.joining("\n"));
    return failed.isEmpty() ? "" : "## Failed attempts\n\n" + failed;
  }

  private String remaining() {
    var shown = story.end().remaining().shown();
    String rows =
        shown.stream()
            .map(
                hotspot ->
                    "| %s | %s | %s | %s |\n"
                        .formatted(
                            code(RunReportWords.place(hotspot)),
                            code(hotspot.place().source()),
                            RunReportWords.type(hotspot),
                            RunReportFigures.percent(hotspot.cost().share())))
            .collect(Collectors.joining());
    String words = story.end().remaining().words();
    return "## Remaining hotspots\n\n"
        + (words.isEmpty() ? "" : words + "\n")
        + (words.isEmpty() || rows.isEmpty() ? "" : "\n")
        + (rows.isEmpty()
            ? ""
            : "| where | source | type | share of %s |\n|---|---|---|---:|\n"
                    .formatted(text(shown.getFirst().cost().ofWhat()))
                + rows)
        + lines(story.end().remaining().lines());
  }

  private static String lines(List<SpentLine> lines) {
    return lines.isEmpty()
        ? ""
        : "\n| where | source | share of the root's time |\n|---|---|---:|\n"
            + lines.stream()
                .map(
                    line ->
                        "| %s | %s | %s |\n"
                            .formatted(
                                code(line.place().file() + ":" + line.place().line()),
                                code(line.source()),
                                RunReportFigures.percent(line.own())))
                .collect(Collectors.joining());
  }

  private String advice() {
    return list("## Recommendations", story.end().recommendations());
  }

  private String notes() {
    return list("## Notes", story.end().notes());
  }

  private static String list(String title, List<String> sentences) {
    return sentences.isEmpty()
        ? ""
        : title
            + "\n\n"
            + sentences.stream().map(s -> "- " + sentence(s) + "\n").collect(Collectors.joining());
  }

  private String measured() {
    var setting = story.end().setting();
    String distortion =
        setting
            .distortion()
            .map(
                factor ->
                    " A launch under the profiler took %s times as long as one without."
                        .formatted(RunReportFigures.times(factor)))
            .orElse("");
    String rows =
        setting.environment().entrySet().stream()
            .map(field -> "| %s | %s |\n".formatted(text(field.getKey()), text(field.getValue())))
            .collect(Collectors.joining());
    return """
    ## How it was measured

    %s%s

    | environment | |
    |---|---|
    %s\
    """
        .formatted(compared(), distortion, rows);
  }

  private String compared() {
    return words.launches() == 0
        ? "No launches were compared."
        : ("Every sample is one fresh, unprofiled launch; base and candidate alternate (ABBA), the"
                + " number of pairs, and of those added where these leave it open, was fixed before"
                + " the first. Estimates are Hodges–Lehmann over log-ratios with exact signed-rank"
                + " intervals. %d launches were compared; those of profiles, and of the noise"
                + " between equal launches, are not among them.")
            .formatted(words.launches());
  }

  private String rerun() {
    String commands =
        story.end().setting().commands().stream()
            .map(rerun -> "# %s\n%s\n".formatted(rerun.what(), rerun.command()))
            .collect(Collectors.joining());
    return commands.isEmpty() ? "" : "## Run it again\n\n" + block("sh", commands);
  }

  private static String commit(String id) {
    return code(id.matches("[0-9a-f]{40}") ? id.substring(0, 12) : id);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
