package hostperf.report;

import hostperf.classify.Hotspot;
import hostperf.measure.LaunchTotals;
import hostperf.measure.MetricChange;
import hostperf.measure.PointChange;
import hostperf.measure.Sample;
import hostperf.measure.Validation;
import hostperf.measure.Verdict;
import hostperf.report.RunStory.Fate;
import hostperf.report.RunStory.Round;
import hostperf.report.RunStory.Tests;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sentences that the Markdown and the page of a run share.
record RunReportWords(RunStory story) {

  String title() {
    return "Host overhead: " + headline();
  }

  /// The result in one line; what was measured anew counts, not the sum of the winners.
  String headline() {
    return story
        .end()
        .overall()
        .map(overall -> headline(overall.validation().verdict(), overall.change()))
        .orElseGet(() -> kept() == 0 ? "nothing kept" : kept() + " kept, not re-measured");
  }

  private static String headline(Verdict verdict, MetricChange change) {
    return "%s, %s %s (%s → %s %s)"
        .formatted(
            verdict.word(),
            change.metric().name(),
            RunReportFigures.signed(change.change()),
            RunReportFigures.value(change.before()),
            RunReportFigures.value(change.after()),
            change.metric().unit());
  }

  long kept() {
    return story.rounds().stream().filter(round -> round.fate() == Fate.KEPT).count();
  }

  long launches() {
    long ofRounds =
        story.rounds().stream()
            .flatMap(round -> round.trial().stream())
            .mapToLong(trial -> trial.samples().size())
            .sum();
    return ofRounds + story.end().overall().map(overall -> overall.samples().size()).orElse(0);
  }

  /// The product of the kept rounds' estimates; it tends to be too high, since winners were picked.
  /// Absent where a round was judged by another figure than the whole, such as the time of a step.
  Optional<Double> productOfKept() {
    var changes =
        story.rounds().stream()
            .filter(round -> round.fate() == Fate.KEPT)
            .flatMap(round -> primary(round).stream())
            .toList();
    var whole =
        story.end().overall().stream()
            .flatMap(overall -> overall.validation().metrics().stream())
            .findFirst()
            .map(change -> change.metric().name());
    if (!changes.stream()
        .allMatch(change -> whole.filter(change.metric().name()::equals).isPresent())) {
      return Optional.empty();
    }
    return changes.stream()
        .map(change -> 1 + change.change())
        .reduce((left, right) -> left * right)
        .map(factor -> factor - 1);
  }

  static Optional<MetricChange> primary(Round round) {
    return round
        .trial()
        .flatMap(RunStory.Trial::validation)
        .flatMap(validation -> validation.metrics().stream().findFirst());
  }

  static String name(Round round) {
    return round.number() == 0
        ? "Baseline"
        : "Round %d: %s"
            .formatted(
                round.number(), round.work().map(RunStory.Work::title).orElse("no change tried"));
  }

  static String fate(Fate fate) {
    return switch (fate) {
      case BASELINE -> "baseline";
      case KEPT -> "kept";
      case ROLLED_BACK -> "rolled back";
      case HELD -> "held for a person";
      case OPEN -> "open";
    };
  }

  static String verdict(Round round) {
    return round
        .trial()
        .flatMap(RunStory.Trial::validation)
        .map(validation -> validation.verdict().word())
        .orElse("not judged");
  }

  /// Why a round failed, the verdict's own reason with it.
  static String failure(Round round) {
    var reason = round.trial().flatMap(RunStory.Trial::validation).map(Validation::reason);
    return Stream.concat(Stream.of(round.why()), reason.stream())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(". "));
  }

  /// What follows the verdict's word: how sure it is, and what decided.
  static String because(Validation validation, Optional<Double> p) {
    return p.map(some -> ", p %s. ".formatted(RunReportFigures.p(some))).orElse(". ")
        + validation.reason();
  }

  static String place(Hotspot hotspot) {
    return hotspot.place().file() + ":" + hotspot.place().line();
  }

  static String cost(Hotspot hotspot) {
    var cost = hotspot.cost();
    return String.format(
        Locale.ROOT,
        "%s of %s, %,d hits of %s µs each under the line profiler",
        RunReportFigures.percent(cost.share()),
        cost.ofWhat(),
        cost.hits(),
        RunReportFigures.value(cost.microsPerHit()));
  }

  static String kind(Hotspot hotspot) {
    var judgement = hotspot.judgement();
    var severity =
        hotspot.type().map(t -> t.severity().name().toLowerCase(Locale.ROOT) + ", ").orElse("");
    var scope = judgement.scope().name().toLowerCase(Locale.ROOT);
    var word =
        judgement
            .decision()
            .filter(d -> d.by() == Hotspot.Decision.By.AGENT)
            .map(_ -> ", as the agent names it")
            .orElse("");
    return "%s, %s%s%s".formatted(type(hotspot), severity, scope, word);
  }

  static String tests(Tests tests) {
    String text =
        "%d passed, %d failed, %d skipped"
            .formatted(tests.passed(), tests.failed(), tests.skipped());
    String fresh =
        tests.newFailures().isEmpty()
            ? ""
            : "; new failures: " + String.join(", ", tests.newFailures());
    return tests.flaky().isEmpty()
        ? text + fresh
        : text + fresh + "; flaky: " + String.join(", ", tests.flaky());
  }

  /// Absent where the profile alone rejected the patch.
  static Optional<String> measured(Validation validation) {
    var counts = validation.samples();
    if (counts.launches() == 0) {
      return Optional.empty();
    }
    String dropped =
        counts.failed() + counts.voided() == 0
            ? ""
            : "; %d failed, %d void".formatted(counts.failed(), counts.voided());
    return Optional.of(
        "%s from %s%s; outputs %s"
            .formatted(
                RunReportFigures.count(counts.pairs(), "pair"),
                counts.launches() + " launches",
                dropped,
                validation.outputs().words()));
  }

  /// The deciding metric at one point.
  static String point(PointChange point) {
    var change = point.change();
    return "%s: %s, %s → %s %s, %s"
        .formatted(
            point.point(),
            point.verdict().word(),
            RunReportFigures.value(change.before()),
            RunReportFigures.value(change.after()),
            change.metric().unit(),
            RunReportFigures.change(change));
  }

  /// What whole launches took, start and end included; absent where none was judged.
  static Optional<String> launches(List<Sample> samples) {
    var totals = LaunchTotals.of(samples);
    return totals
        .wall()
        .map(
            wall ->
                "a whole launch took %s before and %s after%s"
                    .formatted(
                        RunReportFigures.seconds(wall.before()),
                        RunReportFigures.seconds(wall.after()),
                        totals
                            .processor()
                            .map(
                                cpu ->
                                    ", its processor time %s and %s"
                                        .formatted(
                                            RunReportFigures.seconds(cpu.before()),
                                            RunReportFigures.seconds(cpu.after())))
                            .orElse("")));
  }

  /// How the hotspot's own cost moved between the profiles, where it was found in both.
  /// Where nothing settles it, the types that facts permit, as a question.
  static String type(Hotspot hotspot) {
    return hotspot.typeWords();
  }

  static Optional<String> mechanism(Validation validation) {
    return validation
        .hotspot()
        .map(
            spot ->
                String.format(
                    Locale.ROOT,
                    "by line_profiler's own clock, which slows each line, its lines took %s per"
                        + " step before and %s after (%s)",
                    Figures.seconds(spot.before().perStepSeconds()),
                    Figures.seconds(spot.after().perStepSeconds()),
                    RunReportFigures.signed(-spot.fell())));
  }
}
