package hostperf.agent;

import hostperf.behaviour.Behaviour;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers of the tools that move a run.
public sealed interface RunOutcome extends Outcome {

  /// @param environment what the samples of this run will be compared by
  /// @param firstTarget where to begin: from a trace's handoff or the configuration
  record RunStarted(
      String runId,
      String branch,
      String baseCommit,
      String primaryMetric,
      Map<String, String> environment,
      String firstTarget,
      List<Next> next)
      implements RunOutcome {}

  /// All runs of this checkout.
  ///
  /// @param approvals the open questions of the checkout and its runs
  record AllRuns(
      List<RunRow> runs, List<ApprovalRow> approvals, List<String> notes, List<Next> next)
      implements RunOutcome {}

  record RunRow(String runId, String stage, int round, String goal, String started) {}

  /// One run.
  record RunStatus(
      String runId,
      String stage,
      int round,
      List<RoundRow> rounds,
      Stopping stopping,
      List<JobRow> jobs,
      List<ApprovalRow> approvals,
      List<String> notes,
      List<Next> next)
      implements RunOutcome {
    @Override
    public Optional<Outcome> shorter() {
      if (rounds.size() <= 3 && notes.size() <= 3) {
        return Optional.empty();
      }
      var last = rounds.subList(Math.max(0, rounds.size() - 3), rounds.size());
      var few = notes.subList(Math.max(0, notes.size() - 3), notes.size());
      return Optional.of(
          new RunStatus(runId, stage, round, last, stopping, jobs, approvals, few, next));
    }
  }

  record RoundRow(
      int round,
      String label,
      String type,
      String function,
      String option,
      String verdict,
      String decision,
      String commit) {}

  record Stopping(boolean stop, List<String> reasons) {}

  record JobRow(String jobId, String tool, String state) {}

  record ApprovalRow(String approvalId, String kind, String state) {}

  /// @param remarks what was not checked, and what measuring the patch will take
  record PatchApplied(
      String patchId,
      List<String> files,
      int lines,
      String commit,
      String checkpoint,
      List<String> findings,
      List<String> remarks,
      List<Next> next)
      implements RunOutcome {}

  /// @param notes what the selection and the reruns leave open
  /// @param totals how long the lists are where only their beginnings are given
  record TestsRun(
      int passed,
      int failed,
      int skipped,
      List<String> newFailures,
      List<String> knownFailures,
      List<String> flaky,
      List<SelectedTest> selected,
      List<String> notes,
      Optional<TestTotals> totals,
      double durationS,
      String log,
      List<Next> next)
      implements RunOutcome {
    /// How long the lists are, shown or not.
    public TestTotals all() {
      return totals.orElseGet(
          () ->
              new TestTotals(
                  newFailures.size(),
                  knownFailures.size(),
                  flaky.size(),
                  selected.size(),
                  notes.size()));
    }

    @Override
    public Optional<Outcome> shorter() {
      return selected.size() <= 5 && newFailures.size() <= 5
          ? Optional.empty()
          : Optional.of(
              new TestsRun(
                  passed,
                  failed,
                  skipped,
                  Truncation.first(newFailures, 5),
                  Truncation.first(knownFailures, 5),
                  Truncation.first(flaky, 5),
                  Truncation.first(selected, 5),
                  Truncation.first(notes, 5),
                  Optional.of(all()),
                  durationS,
                  log,
                  next));
    }
  }

  record SelectedTest(String test, String why) {}

  record TestTotals(int newFailures, int knownFailures, int flaky, int selected, int notes) {}

  /// @param hotspot what became of the line that was to be removed; absent where no profile tells
  /// @param function what became of its function; absent alike
  /// @param points what the deciding metric says at each; empty where the workload has none
  /// @param cpuS processor time of a whole launch with all its processes
  /// @param launchS duration of a whole launch
  /// @param behaviour whether the patched code does the same; absent where that was not looked at
  /// @param mode `swap` or `launches`
  /// @param modeReason why not by swap, or what a swap cannot see
  record Validated(
      String verdict,
      String decision,
      String mode,
      String modeReason,
      Optional<String> hotspot,
      Optional<String> function,
      List<MetricRow> metrics,
      List<PointRow> points,
      Optional<BeforeAfter> cpuS,
      Optional<BeforeAfter> launchS,
      String outputs,
      Optional<BehaviourRow> behaviour,
      Map<String, Object> samples,
      String reason,
      List<String> warnings,
      List<Next> next)
      implements RunOutcome {}

  /// One point of the workload.
  record PointRow(String point, String verdict, double change, List<Double> interval) {}

  /// Medians over the launches that were judged.
  record BeforeAfter(double before, double after) {}

  /// @param result `same`, `different` or `not compared`
  /// @param words the comparison as a sentence
  record BehaviourRow(
      String result,
      List<String> functions,
      long calls,
      Optional<Behaviour.Difference> firstDifference,
      String words) {}

  /// @param change relative, + = larger value
  /// @param interval of the change, 95 %; absent when there are too few samples
  record MetricRow(
      String name,
      String unit,
      double before,
      double after,
      double change,
      Optional<List<Double>> interval,
      String better) {}

  record RolledBack(String restoredCommit, List<String> files, boolean verified, List<Next> next)
      implements RunOutcome {}

  /// @param speedup final over baseline primary metric, measured anew; absent where no round was
  ///     kept or for a round's report
  record Reported(String summary, Optional<Double> speedup, List<String> files, List<Next> next)
      implements RunOutcome {}
}
