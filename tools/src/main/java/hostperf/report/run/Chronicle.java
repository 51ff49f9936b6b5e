package hostperf.report.run;

import hostperf.host.Redactor;
import hostperf.job.Checkout;
import hostperf.journal.Round;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.journal.TestSummary;
import hostperf.journal.ValidationRecord;
import hostperf.lines.SpentLine;
import hostperf.propose.Option;
import hostperf.report.run.RunStory.Fate;
import hostperf.run.Stopping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells a run from its journal and what it stored.
public final class Chronicle {
  private static final int MOST_REMAINING = 10;

  private final Run run;
  private final Stored stored;
  private final List<RunStory.Rerun> commands;

  /// With the commands of the checkout's configuration.
  public static Chronicle of(Checkout checkout, Run run) {
    var configuration = checkout.configuration();
    var commands =
        List.of(
            new RunStory.Rerun(
                "the workload",
                set(configuration.workload().environment())
                    + words(configuration.workload().command())),
            new RunStory.Rerun(
                "the tests; a round adds those that it selects",
                words(
                    Stream.concat(
                            configuration.testing().command().stream(),
                            configuration.testing().always().stream())
                        .toList())),
            new RunStory.Rerun("this report", "hostperf report " + run.id()));
    return new Chronicle(run, new Stored(checkout.runs().folder(run.id())), commands);
  }

  /// As a shell sets variables for one command.
  private static String set(Map<String, String> environment) {
    return Redactor.shown(environment).entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue() + " ")
        .collect(Collectors.joining());
  }

  private static String words(List<String> command) {
    return String.join(" ", Redactor.shown(command));
  }

  /// @param commands that rerun it
  private Chronicle(Run run, Stored stored, List<RunStory.Rerun> commands) {
    this.run = run;
    this.stored = stored;
    this.commands = List.copyOf(commands);
  }

  /// @param overall base against final tree, where it was measured
  public RunStory story(Optional<ValidationRecord> overall) {
    var setup = run.setup();
    var facts =
        new RunStory.Facts(
            run.id().value(),
            setup.goal(),
            setup.base().branch(),
            Instant.parse(setup.base().started()));
    var rounds = new ArrayList<RunStory.Round>();
    run.rounds().forEach(r -> rounds.add(round(r)));
    var end =
        new RunStory.End(
            overall.map(JudgedChange::of),
            remaining(),
            recommendations(),
            Repeats.told(run.notes()),
            new RunStory.Setting(setup.environment(), commands, distortion()));
    var first = first();
    return new RunStory(
        facts,
        first.map(id -> stored.profile(id).observed()),
        first.flatMap(stored::calls),
        rounds,
        end);
  }

  /// The profile that the first round began with.
  private Optional<String> first() {
    return run.rounds().stream()
        .flatMap(r -> r.change().origin().profileId().stream())
        .findFirst()
        .or(run::currentProfile);
  }

  private RunStory.Round round(Round round) {
    var origin = round.change().origin();
    var hotspot = stored.target(origin);
    return new RunStory.Round(
        round.number(),
        hotspot,
        Optional.of(work(round)),
        Optional.of(trial(round)),
        fate(round),
        why(round));
  }

  private RunStory.Work work(Round round) {
    var origin = round.change().origin();
    var option = stored.option(origin);
    return new RunStory.Work(
        round.change().summary(),
        origin.pattern().orElse(""),
        option.map(o -> o.advice().risk()),
        option
            .map(
                o ->
                    o.advice().mustHold().stream()
                        .map(m -> "%s (%s)".formatted(m.fact(), spelled(m.seen())))
                        .toList())
            .orElse(List.of()),
        stored.diff(round.change().patchId()),
        Optional.of(round.change().code().commit()));
  }

  private RunStory.Trial trial(Round round) {
    return new RunStory.Trial(
        round.tests().map(Chronicle::tests),
        stored.behaviour(round.change().patchId()),
        stored.findValidation(round.change().patchId()).map(JudgedChange::of));
  }

  private static RunStory.Tests tests(TestSummary summary) {
    return new RunStory.Tests(
        summary.passed(),
        summary.failed(),
        summary.skipped(),
        summary.knownFailures().size(),
        summary.newFailures(),
        summary.flaky());
  }

  private static Fate fate(Round round) {
    if (round.rolledBack().isPresent()) {
      return Fate.ROLLED_BACK;
    }
    return round
        .ruling()
        .map(
            r ->
                switch (r.decision()) {
                  case KEEP -> Fate.KEPT;
                  case HOLD -> Fate.HELD;
                  case MEASURE_MORE -> Fate.OPEN;
                  case ROLL_BACK -> Fate.OPEN;
                })
        .orElse(Fate.OPEN);
  }

  /// The verdict has its own reason, which stands beside it.
  private static String why(Round round) {
    boolean isJudged = round.ruling().isPresent();
    return round.rolledBack().map(Chronicle::begun).orElse(isJudged ? "" : "Not decided yet.");
  }

  /// A reason is given in any form; in the report it begins a sentence.
  private static String begun(String reason) {
    return reason.isEmpty() ? "" : Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
  }

  /// Those of the latest profile, if it was classified; its lines otherwise.
  private RunStory.Remaining remaining() {
    var latest = run.lastProfile();
    var classified = latest.filter(id -> !stored.hotspots(id).isEmpty());
    var targets =
        classified.stream()
            .flatMap(id -> stored.hotspots(id).stream())
            .filter(h -> h.judgement().isTarget())
            .toList();
    var lines =
        classified.isPresent()
            ? List.<SpentLine>of()
            : latest
                .filter(id -> !first().equals(Optional.of(id)))
                .map(id -> stored.profile(id).observed().spent())
                .orElse(List.of());
    return new RunStory.Remaining(
        latest,
        latest.map(this::keptSince).orElse(0),
        classified.isPresent(),
        targets.stream().limit(MOST_REMAINING).toList(),
        targets.size(),
        lines.stream().limit(MOST_REMAINING).toList());
  }

  /// How many patches were kept that rest on this profile or came after one that does.
  private int keptSince(String profile) {
    return (int)
        run.rounds().stream()
            .dropWhile(r -> !r.change().origin().profileId().equals(Optional.of(profile)))
            .filter(Round::isKept)
            .count();
  }

  private List<String> recommendations() {
    var stopping = Stopping.of(run, stored);
    var text = new ArrayList<String>();
    stopping.reasons().forEach(r -> text.add((stopping.stop() ? "Stop: " : "Go on: ") + r + "."));
    text.addAll(notChecked());
    return text;
  }

  /// What a reviewer has to judge, since no test, launch or reading of the code did.
  private List<String> notChecked() {
    return run.rounds().stream().filter(Round::isKept).flatMap(this::notChecked).toList();
  }

  private Stream<String> notChecked(Round round) {
    return stored.option(round.change().origin()).stream()
        .flatMap(o -> o.advice().mustHold().stream())
        .filter(m -> m.seen() != Option.Seen.SEEN)
        .map(
            m ->
                "Check before merging round %d: %s; the code does not show it."
                    .formatted(round.number(), m.fact()));
  }

  private Optional<Double> distortion() {
    return run.lastProfile()
        .map(id -> stored.profile(id).figures().distortion())
        .filter(d -> d > 0);
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
