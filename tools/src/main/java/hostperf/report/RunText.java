package hostperf.report;

import hostperf.agent.RunOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Words for the answers of the tools that move a run.
final class RunText {
  private static final int MOST_ITEM = 400;
  private static final int MOST_ITEMS = 10;

  private RunText() {}

  static String of(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.RunStarted o -> started(o);
      case RunOutcome.AllRuns o -> runs(o);
      case RunOutcome.RunStatus o -> status(o);
      case RunOutcome.PatchApplied o -> applied(o);
      case RunOutcome.TestsRun o -> tests(o);
      case RunOutcome.Validated o -> validated(o);
      case RunOutcome.RolledBack o -> rolledBack(o);
      case RunOutcome.Reported o -> o.summary() + "\n" + list("File", o.files());
    };
  }

  private static String started(RunOutcome.RunStarted o) {
    return """
    Run %s has begun on commit %s; its branch will be %s.
    Primary metric: %s. %s
    Environment: %s
    """
        .formatted(
            o.runId(),
            shortId(o.baseCommit()),
            o.branch(),
            o.primaryMetric(),
            o.firstTarget().isEmpty()
                ? "Profiling chooses the functions."
                : "Look at this first: %s.".formatted(o.firstTarget()),
            pairs(o.environment()));
  }

  private static String runs(RunOutcome.AllRuns o) {
    if (o.runs().isEmpty()) {
      return "No run in this checkout yet.\n" + approvals(o.approvals()) + list("Note", o.notes());
    }
    var table = new Table("run", "stage", "round", "started", "goal");
    for (var run : o.runs()) {
      table.row(run.runId(), run.stage(), Integer.toString(run.round()), run.started(), run.goal());
    }
    return "%s:\n%s%s%s"
        .formatted(
            Figures.count(o.runs().size(), "run"),
            table.text(),
            approvals(o.approvals()),
            list("Note", o.notes()));
  }

  private static String approvals(List<RunOutcome.ApprovalRow> rows) {
    return rows.stream()
        .map(
            a ->
                a.state().equals("pending")
                    ? "Approval %s (%s): pending; a person answers with `hostperf approve %1$s`\n"
                        .formatted(a.approvalId(), a.kind())
                    : "Approval %s (%s): %s\n".formatted(a.approvalId(), a.kind(), a.state()))
        .collect(Collectors.joining());
  }

  private static String status(RunOutcome.RunStatus o) {
    var text =
        new StringBuilder(
            "Run %s is at stage `%s`, round %d.\n".formatted(o.runId(), o.stage(), o.round()));
    if (!o.rounds().isEmpty()) {
      var table = new Table("round", "type", "hotspot in", "option", "verdict", "decision");
      for (var r : o.rounds()) {
        table.row(
            Integer.toString(r.round()),
            r.type(),
            r.function(),
            r.option(),
            r.verdict(),
            o.stage().equals("validated") && r.round() == o.round()
                ? r.decision() + ", not done yet"
                : r.decision());
      }
      text.append(table.text());
    }
    text.append(o.stopping().stop() ? "Stop: " : "Go on: ")
        .append(String.join("; ", o.stopping().reasons()))
        .append('\n');
    o.jobs()
        .forEach(j -> text.append("Job %s (%s): %s\n".formatted(j.jobId(), j.tool(), j.state())));
    return text + approvals(o.approvals()) + list("Note", o.notes());
  }

  private static String applied(RunOutcome.PatchApplied o) {
    return "%s is in: %s added or removed in %s, commit %s (rollback returns to %s).\n%s%s"
        .formatted(
            o.patchId(),
            Figures.count(o.lines(), "line"),
            String.join(", ", o.files()),
            shortId(o.commit()),
            shortId(o.checkpoint()),
            list("Audit", quoted(o.findings())),
            list("Note", o.remarks()));
  }

  private static String tests(RunOutcome.TestsRun o) {
    var all = o.all();
    var verdict =
        all.newFailures() == 0
            ? (o.passed() == 0
                ? "No test passed"
                : "%d passed, no new failure".formatted(o.passed()))
            : "%s, not seen on the base".formatted(Figures.count(all.newFailures(), "new failure"));
    return "%s (%d failed, %d skipped, %s).\n%s%s%s%s%sLog: %s\n"
        .formatted(
            verdict,
            o.failed(),
            o.skipped(),
            Figures.seconds(o.durationS()),
            list("New failure", quoted(o.newFailures()), all.newFailures()),
            list("Fails on the base too", quoted(o.knownFailures()), all.knownFailures()),
            list("Flaky", quoted(o.flaky()), all.flaky()),
            list(
                "Ran",
                o.selected().stream().map(s -> s.test() + " – " + s.why()).toList(),
                all.selected()),
            list("Note", o.notes(), all.notes()),
            o.log());
  }

  private static String validated(RunOutcome.Validated o) {
    var table =
        new Table("metric", "before", "after", "change in pairs", "its 95% interval", "better");
    for (var m : o.metrics()) {
      var interval =
          m.interval()
              .map(i -> Figures.change(i.getFirst()) + " … " + Figures.change(i.getLast()))
              .orElse("–");
      table.row(
          m.name(),
          Figures.number(m.before()) + " " + m.unit(),
          Figures.number(m.after()) + " " + m.unit(),
          Figures.change(m.change()),
          interval,
          m.better());
    }
    return "Verdict: %s → %s, by %s. %s\n%s%s%s%sOutputs: %s. Samples: %s\n%s"
        .formatted(
            o.verdict(),
            o.decision(),
            o.mode(),
            o.reason(),
            o.modeReason().isEmpty() ? "" : o.modeReason() + "\n",
            o.metrics().isEmpty() ? "" : table.text() + totals(o) + points(o.points()),
            compared(o),
            o.behaviour().map(b -> "Behaviour: %s.\n".formatted(b.words())).orElse(""),
            o.outputs(),
            samples(o.samples()),
            list("Warning", o.warnings()));
  }

  /// Nothing where no profile of the patched code was taken.
  private static String compared(RunOutcome.Validated o) {
    return o.hotspot()
        .map(
            hotspot ->
                "By line_profiler's own clock, which slows each line: hotspot %s%s.\n"
                    .formatted(hotspot, o.function().map("; its function "::concat).orElse("")))
        .orElse("");
  }

  private static String totals(RunOutcome.Validated o) {
    return o.launchS()
        .map(
            wall ->
                "A whole launch took %s before and %s after%s.\n"
                    .formatted(
                        Figures.seconds(wall.before()),
                        Figures.seconds(wall.after()),
                        o.cpuS()
                            .map(
                                cpu ->
                                    ", its processor time %s and %s"
                                        .formatted(
                                            Figures.seconds(cpu.before()),
                                            Figures.seconds(cpu.after())))
                            .orElse("")))
        .orElse("");
  }

  private static String points(List<RunOutcome.PointRow> points) {
    return points.stream()
        .map(
            p ->
                "Point %s: %s, %s (%s … %s)\n"
                    .formatted(
                        p.point(),
                        p.verdict(),
                        Figures.change(p.change()),
                        Figures.change(p.interval().getFirst()),
                        Figures.change(p.interval().getLast())))
        .collect(Collectors.joining());
  }

  private static String rolledBack(RunOutcome.RolledBack o) {
    return "Back at commit %s%s: %s\n"
        .formatted(
            shortId(o.restoredCommit()),
            o.verified() ? ", checked byte for byte" : ", but the check failed",
            String.join(", ", o.files()));
  }

  /// The noise floor is of interest where a gain is judged by it.
  private static String samples(Map<String, Object> samples) {
    var words = new LinkedHashMap<String, Object>(samples);
    if (words.remove("floor") instanceof Double floor && floor > 0) {
      words.put("the same code against itself differed by", Figures.share(floor));
    }
    return pairs(words);
  }

  private static String pairs(Map<String, ?> map) {
    return String.join(
        ", ", map.entrySet().stream().map(e -> e.getKey() + " " + figure(e.getValue())).toList());
  }

  private static String figure(Object value) {
    return value instanceof Double number ? Figures.number(number) : value.toString();
  }

  private static String shortId(String commit) {
    return commit.length() > 10 ? commit.substring(0, 10) : commit;
  }

  private static List<String> quoted(List<String> items) {
    return items.stream().map(i -> UntrustedText.inline(i, MOST_ITEM)).toList();
  }

  static String list(String label, List<String> items) {
    return list(label, items, items.size());
  }

  /// At most so many, and then how many more there are.
  ///
  /// @param total of which the items are the first
  private static String list(String label, List<String> items, int total) {
    var shown = items.stream().limit(MOST_ITEMS).map(i -> label + ": " + i + "\n").toList();
    int more = total - shown.size();
    return String.join("", shown)
        + (more == 0 ? "" : "%s: … and %d more of %d\n".formatted(label, more, total));
  }

  /// ", 8 of them shown", or nothing where all are.
  static String cut(int shown, int all) {
    return shown >= all ? "" : ", %d of them shown".formatted(shown);
  }
}
