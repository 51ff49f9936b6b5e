package hostperf.server.autopilot;

import java.util.List;
import java.util.Optional;

/// How an autopilot's run ended; what `autopilot --json` prints.
///
/// @param end why it ended
/// @param kept rounds of this run that stay, also those before an interruption
/// @param speedup final over baseline, measured anew; absent where nothing was kept
/// @param refused what was not allowed, failed its tests or was measured as no gain, with the
/// reason
public record AutopilotResult(
    String runId,
    End end,
    int kept,
    Optional<Double> speedup,
    List<String> refused,
    List<String> report) {
  public AutopilotResult {
    refused = List.copyOf(refused);
    report = List.copyOf(report);
  }

  /// @param kind how it is to be taken
  public record End(Kind kind, String why) {}

  public enum Kind {
    /// The loop came to its end.
    DONE,
    /// Nothing was to be changed: a dry run.
    LOOKED,
    /// Only a person can say how it goes on, and none is there; the run is not over.
    WAITS,
    /// Something stopped it early.
    STOPPED
  }
}
