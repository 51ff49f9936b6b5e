package hostperf.report.run;

import static hostperf.report.run.RunReportMarkup.block;
import static hostperf.report.run.RunReportMarkup.code;
import static hostperf.report.run.RunReportMarkup.sentence;
import static hostperf.report.run.RunReportMarkup.text;

import hostperf.classify.Hotspot;
import hostperf.lines.SpentLine;
import hostperf.measure.MetricChange;
import hostperf.report.run.RunStory.Fate;
import hostperf.report.run.RunStory.Remaining;
import hostperf.report.run.RunStory.Round;
import hostperf.report.run.RunStory.Work;
import java.util.List;
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
            story.end().overall().map(this::overall).orElse(""),
            changes(),
            story.time().map(time -> new RunReportTime(time).markdown()).orElse(""),
            rounds(story.rounds()),
            remaining(story.end().remaining()),
            list("Recommendations", story.end().recommendations()),
            list("Notes", story.end().notes()),
            method(),
            rerun())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /// The rounds with this number: one, or more where it was tried again.
  String rounds(int number) {
    return parts(story.rounds().stream().filter(round -> round.number() == number));
  }

  private String head() {
    String goal = story.facts().goal();
    return "# %s\n\n%s%s\n"
        .formatted(
            text(words.title()),
            goal.isBlank() ? "" : "Goal: " + text(goal) + "\n\n",
            words.tally());
  }

  private String overall(JudgedChange overall) {
    return """
    ## Before and after

    Original base against the final tree, re-measured: %s.%s

    | metric | before | after | change | interval | better |
    |---|---:|---:|---:|---|---|
    %s%s%s\
    """
        .formatted(
            RunReportWords.measured(overall).orElse("nothing was launched"),
            overall.reason().isEmpty() ? "" : " " + sentence(overall.reason()),
            Stream.concat(overall.deciding().stream(), overall.others().stream())
                .map(RunReportMarkdown::row)
                .collect(Collectors.joining()),
            new RunReportPoints(overall.validation().points()).markdown(),
            words.product().isEmpty() ? "" : "\n" + words.product() + "\n");
  }

  private static String row(MetricChange change) {
    return "| %s | %s | %s | %s | %s (%s) | %s |\n"
        .formatted(
            code(change.metric().name()),
            RunReportFigures.before(change),
            RunReportFigures.after(change),
            RunReportFigures.signed(change.change()),
            RunReportFigures.interval(change.interval()),
            RunReportFigures.confidence(change.interval()),
            change.metric().better().word());
  }

  private String changes() {
    String rows =
        story.rounds().stream()
            .filter(round -> round.fate() == Fate.KEPT)
            .map(RunReportMarkdown::changeRow)
            .collect(Collectors.joining());
    return rows.isEmpty()
        ? ""
        : "## Changes\n\n| where | type | change | commit |\n|---|---|---|---|\n" + rows;
  }

  private static String changeRow(Round round) {
    return "| %s | %s | %s | %s |\n"
        .formatted(
            round.hotspot().map(hotspot -> code(RunReportWords.place(hotspot))).orElse("–"),
            round.hotspot().map(Hotspot::typeWords).orElse("–"),
            round.work().map(work -> text(work.title())).orElse("–"),
            round.work().flatMap(Work::commit).map(RunReportMarkdown::commit).orElse("–"));
  }

  private static String rounds(List<Round> rounds) {
    return rounds.isEmpty() ? "" : "## Rounds\n\n" + parts(rounds.stream());
  }

  private static String parts(Stream<Round> rounds) {
    return rounds
        .map(round -> new RunReportMarkdownRound(round).text())
        .collect(Collectors.joining("\n"));
  }

  private static String remaining(Remaining remaining) {
    String rows = remaining.shown().isEmpty() ? lines(remaining.lines()) : hotspots(remaining);
    return "## Remaining hotspots\n\n%s\n%s".formatted(text(remaining.words()), rows);
  }

  private static String hotspots(Remaining remaining) {
    return remaining.shown().stream()
        .map(
            hotspot ->
                "| %s | %s | %s | %s |\n"
                    .formatted(
                        RunReportFigures.percent(hotspot.cost().share()),
                        code(RunReportWords.place(hotspot)),
                        code(hotspot.place().source()),
                        hotspot.typeWords()))
        .collect(
            Collectors.joining(
                "",
                "\n| share of %s | where | source | type |\n|---:|---|---|---|\n"
                    .formatted(text(remaining.ofWhat())),
                ""));
  }

  private static String lines(List<SpentLine> lines) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .map(
                line ->
                    "| %s | %s | %s |\n"
                        .formatted(
                            RunReportFigures.percent(line.own()),
                            code(line.place().file() + ":" + line.place().line()),
                            code(line.source())))
            .collect(
                Collectors.joining(
                    "", "\n| share of the root's time | where | source |\n|---:|---|---|\n", ""));
  }

  private static String list(String title, List<String> sentences) {
    return sentences.isEmpty()
        ? ""
        : "## %s\n\n%s"
            .formatted(
                title,
                sentences.stream()
                    .map(s -> "- " + sentence(s) + "\n")
                    .collect(Collectors.joining()));
  }

  private String method() {
    var environment = story.end().setting().environment();
    return "## How it was measured\n\n%s\n%s"
        .formatted(
            String.join(" ", new RunReportMethod(story).sentences()),
            environment.isEmpty()
                ? ""
                : environment.entrySet().stream()
                    .map(
                        field ->
                            "| %s | %s |\n".formatted(text(field.getKey()), text(field.getValue())))
                    .collect(Collectors.joining("", "\n| environment | |\n|---|---|\n", "")));
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
}
