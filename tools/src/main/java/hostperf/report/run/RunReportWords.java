package hostperf.report.run;

import hostperf.classify.Hotspot;
import hostperf.classify.facts.Scope;
import hostperf.measure.LaunchTotals;
import hostperf.measure.MetricChange;
import hostperf.measure.PointChange;
import hostperf.measure.Validation;
import hostperf.report.Figures;
import hostperf.report.UntrustedText;
import hostperf.report.run.RunStory.Fate;
import hostperf.report.run.RunStory.Round;
import hostperf.report.run.RunStory.Tests;
import hostperf.report.run.RunStory.Trial;
import hostperf.verdict.Judged;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sentences that the Markdown and the page of a run share.
record RunReportWords(RunStory story) {
  private static final int MOST_NAMED = 5;
  private static final int MOST_OF_TEST = 240;

  /// Over a column of drawn changes.
  static final String AXIS = "← worse · better →";

  String title() {
    return "Host overhead: " + headline();
  }

  /// The result in one line; what was re-measured counts, not the sum of the winners.
  private String headline() {
    return story
        .end()
        .overall()
        .map(
            overall ->
                overall.verdict().word()
                    + overall.deciding().map(c -> ", " + headline(c)).orElse(""))
        .orElseGet(() -> kept() == 0 ? "nothing kept" : kept() + " kept, not re-measured");
  }

  private static String headline(MetricChange change) {
    return "%s %s (%s)"
        .formatted(
            change.metric().name(),
            RunReportFigures.signed(change.change()),
            RunReportFigures.moved(change));
  }

  /// What became of the rounds, in one sentence.
  String tally() {
    if (story.rounds().isEmpty()) {
      return "No change was tried.";
    }
    long back = rounds(Fate.ROLLED_BACK);
    long undecided = story.rounds().size() - kept() - back;
    return "%s: %d kept, %d rolled back%s."
        .formatted(
            Figures.count(story.rounds().size(), "round"),
            kept(),
            back,
            undecided == 0 ? "" : ", %d not decided".formatted(undecided));
  }

  /// Tally and result.
  String summary() {
    return tally()
        + story
            .end()
            .overall()
            .flatMap(
                overall ->
                    overall
                        .deciding()
                        .map(
                            change ->
                                " %s %s by %s, re-measured from base to final tree (%s)."
                                    .formatted(
                                        change.metric().name(),
                                        overall.verdict() == Verdict.INCONCLUSIVE
                                            ? "may have changed"
                                            : "changed",
                                        RunReportFigures.signed(change.change()),
                                        overall.verdict().word())))
            .orElse("");
  }

  private long kept() {
    return rounds(Fate.KEPT);
  }

  private long rounds(Fate fate) {
    return story.rounds().stream().filter(round -> round.fate() == fate).count();
  }

  /// The product of the kept rounds' estimates, where there are several; absent where a round was
  /// judged by another figure than the whole, such as the time of a step.
  Optional<Double> productOfKept() {
    var kept = story.rounds().stream().filter(round -> round.fate() == Fate.KEPT).toList();
    var changes = kept.stream().flatMap(round -> deciding(round).stream()).toList();
    var whole = story.end().overall().flatMap(JudgedChange::deciding).map(c -> c.metric().name());
    boolean isAlike =
        changes.size() == kept.size()
            && changes.stream()
                .allMatch(change -> whole.filter(change.metric().name()::equals).isPresent());
    return changes.size() < 2 || !isAlike
        ? Optional.empty()
        : changes.stream()
            .map(change -> 1 + change.change())
            .reduce((left, right) -> left * right)
            .map(factor -> factor - 1);
  }

  /// Why the product is no result; empty where there is none.
  String product() {
    return productOfKept()
        .map(
            product ->
                "The product of the kept rounds' estimates is %s; winners were picked, so such a product tends to be too high."
                    .formatted(RunReportFigures.signed(product)))
        .orElse("");
  }

  static Optional<JudgedChange> judged(Round round) {
    return round.trial().flatMap(Trial::change);
  }

  static Optional<MetricChange> deciding(Round round) {
    return judged(round).flatMap(JudgedChange::deciding);
  }

  static String name(Round round) {
    return "Round %d: %s"
        .formatted(
            round.number(), round.work().map(RunStory.Work::title).orElse("no change tried"));
  }

  static String fate(Fate fate) {
    return switch (fate) {
      case KEPT -> "kept";
      case ROLLED_BACK -> "rolled back";
      case HELD -> "held for a person";
      case OPEN -> "open";
    };
  }

  static String verdict(Round round) {
    return judged(round).map(compared -> compared.verdict().word()).orElse("not judged");
  }

  /// How sure the verdict is; empty where nothing was measured.
  static String chance(JudgedChange compared) {
    return compared.judged().map(j -> "p " + RunReportFigures.p(j.p())).orElse("");
  }

  static String place(Hotspot hotspot) {
    return hotspot.place().file() + ":" + hotspot.place().line();
  }

  static String cost(Hotspot hotspot) {
    var cost = hotspot.cost();
    var share = "%s of %s".formatted(RunReportFigures.percent(cost.share()), cost.ofWhat());
    return cost.hits() == 0
        ? share
        : String.format(
            Locale.ROOT,
            "%s, %,d hits of %s µs each under the line profiler",
            share,
            cost.hits(),
            RunReportFigures.value(cost.microsPerHit()));
  }

  static String kind(Hotspot hotspot) {
    var judgement = hotspot.judgement();
    var severity =
        hotspot.type().map(t -> ", " + t.severity().name().toLowerCase(Locale.ROOT)).orElse("");
    var scope =
        judgement.scope() == Scope.UNKNOWN
            ? ""
            : ", " + judgement.scope().name().toLowerCase(Locale.ROOT);
    var word =
        judgement
            .decision()
            .filter(d -> d.by() == Hotspot.Decision.By.AGENT)
            .map(_ -> ", as the agent names it")
            .orElse("");
    return "%s%s%s%s".formatted(hotspot.typeWords(), severity, scope, word);
  }

  static String tests(Tests tests) {
    return Stream.of(
            Stream.of(
                "%d passed, %d failed%s, %d skipped"
                    .formatted(
                        tests.passed(),
                        tests.failed(),
                        tests.known() == 0
                            ? ""
                            : ", %d of them without the patch too".formatted(tests.known()),
                        tests.skipped())),
            named("new failures", tests.newFailures()),
            named("flaky", tests.flaky()))
        .flatMap(part -> part)
        .reduce((left, right) -> left + "; " + right)
        .orElseThrow();
  }

  /// The first of many, each with the beginning of what it says.
  private static Stream<String> named(String what, List<String> tests) {
    if (tests.isEmpty()) {
      return Stream.empty();
    }
    int more = tests.size() - MOST_NAMED;
    return Stream.of(
        "%s: %s%s"
            .formatted(
                what,
                tests.stream()
                    .limit(MOST_NAMED)
                    .map(t -> UntrustedText.line(t, MOST_OF_TEST))
                    .collect(Collectors.joining(", ")),
                more <= 0 ? "" : " and %,d more of %,d".formatted(more, tests.size())));
  }

  /// What was compared; absent where the profile alone rejected the patch.
  static Optional<String> measured(JudgedChange compared) {
    Validation.Counts counts = compared.validation().samples();
    if (counts.launches() == 0) {
      return Optional.empty();
    }
    int pairs = compared.judged().map(Judged::pairs).orElse(counts.pairs());
    return Optional.of(
        "%s (%s in all%s%s); outputs %s"
            .formatted(
                compared.isSwap()
                    ? "by swap, %s within launches of both versions"
                        .formatted(
                            RunReportFigures.count(pairs, "pair of blocks", "pairs of blocks"))
                    : "by "
                        + RunReportFigures.count(pairs, "pair of launches", "pairs of launches"),
                RunReportFigures.count(counts.launches(), "launch", "launches"),
                counts.failed() == 0 ? "" : ", %d failed".formatted(counts.failed()),
                counts.voided() == 0 ? "" : ", %d void".formatted(counts.voided()),
                compared.validation().outputs().words()));
  }

  /// The deciding metric at one point.
  static String point(PointChange point) {
    return "%s: %s, %s"
        .formatted(point.point(), point.verdict().word(), RunReportFigures.whole(point.change()));
  }

  /// What whole launches took on either side, start and end included; absent where none was judged,
  /// or each held both versions.
  static Optional<String> launches(JudgedChange compared) {
    var totals = LaunchTotals.of(compared.samples());
    return totals
        .wall()
        .filter(_ -> !compared.isSwap())
        .map(
            wall ->
                moved(wall)
                    + totals.processor().map(cpu -> ", processor time " + moved(cpu)).orElse(""));
  }

  private static String moved(LaunchTotals.Change change) {
    return Figures.seconds(change.before()) + " → " + Figures.seconds(change.after());
  }

  /// How the hotspot's own cost moved between the profiles, where it was found in both.
  static Optional<String> mechanism(Validation validation) {
    return validation
        .hotspot()
        .map(
            spot ->
                "under the line profiler, the hotspot took %s → %s per step (%s)"
                    .formatted(
                        Figures.seconds(spot.before().perStepSeconds()),
                        Figures.seconds(spot.after().perStepSeconds()),
                        RunReportFigures.signed(-spot.fell())));
  }
}
