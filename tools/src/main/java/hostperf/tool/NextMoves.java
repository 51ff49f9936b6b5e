package hostperf.tool;

import hostperf.agent.Next;
import hostperf.journal.Ruling;
import hostperf.journal.Run;
import hostperf.journal.Stage;
import hostperf.run.Stopping;
import java.util.List;
import java.util.Map;

/// The calls that make sense at a run's stage, with their arguments.
final class NextMoves {
  private NextMoves() {}

  static List<Next> of(Run run, Stopping stopping) {
    var id = run.id().value();
    if (stopping.stop()) {
      return List.of(
          new Next("report", Map.of("run_id", id, "scope", "final"), "a stopping criterion holds"));
    }
    return switch (run.stage()) {
      case Stage.Started _ -> List.of(samples(id, "where the time goes"));
      case Stage.Profiled _ ->
          List.of(new Next("classify", "run_id", id, "names the hotspots"), ownChange(id));
      case Stage.Analyzed _ -> tries(run);
      case Stage.RolledBack _ -> afterRollback(run);
      case Stage.Applying _, Stage.RollingBack _ ->
          List.of(new Next("rollback", "run_id", id, "finishes what was interrupted"));
      case Stage.Patched _ ->
          List.of(new Next("run_unit_tests", "run_id", id, "tests come before any verdict"));
      case Stage.Tested s ->
          s.tests().passes()
              ? List.of(new Next("validate", "run_id", id, "measures the patch"))
              : List.of(rollback(id, "its tests fail"));
      case Stage.Validated s -> afterVerdict(id, s.ruling());
      case Stage.Finished _ -> List.of();
    };
  }

  static List<Next> afterRollback(Run run) {
    return run.hasRoundsLeft()
        ? tries(run)
        : List.of(
            new Next(
                "report",
                Map.of("run_id", run.id().value(), "scope", "final"),
                "all rounds are used"));
  }

  /// What can be tried at a hotspot that is known.
  private static List<Next> tries(Run run) {
    var id = run.id().value();
    if (run.currentProfile().isEmpty()) {
      return List.of(newProfile(id), ownChange(id));
    }
    var hotspots =
        run.proposed()
            .map(
                p ->
                    new Next(
                        "propose_options",
                        Map.of("run_id", id, "hotspot_id", p.hotspotId()),
                        "options for the hotspot last looked at"))
            .orElse(new Next("classify", "run_id", id, "the hotspots, to propose options for one"));
    return List.of(hotspots, ownChange(id));
  }

  private static Next newProfile(String id) {
    return samples(id, "where the time goes now");
  }

  /// The other passes slow the workload more, and need not be taken to change code.
  private static Next samples(String id, String why) {
    return new Next("profile", Map.of("run_id", id, "passes", List.of("samples")), why);
  }

  static Next ownChange(String id) {
    return new Next("apply_patch", "run_id", id, "a change of your own, with a `patch` or `edits`");
  }

  static List<Next> afterVerdict(String id, Ruling ruling) {
    return switch (ruling.decision()) {
      case KEEP ->
          List.of(
              ruling.profileId().isPresent()
                  ? new Next("classify", "run_id", id, "the hotspots of the code as it is now")
                  : newProfile(id),
              ownChange(id));
      case ROLL_BACK -> List.of(rollback(id, "the verdict is not `improved`"));
      case HOLD ->
          List.of(new Next("validate", "run_id", id, "asks the person whether to keep it"));
      case MEASURE_MORE ->
          List.of(
              new Next(
                  "validate",
                  Map.of("run_id", id, "more", true),
                  "goes on measuring the same patch"),
              rollback(id, "the measurement left it open"));
    };
  }

  private static Next rollback(String id, String why) {
    return new Next("rollback", Map.of("run_id", id, "reason", why), "takes the patch out");
  }
}
