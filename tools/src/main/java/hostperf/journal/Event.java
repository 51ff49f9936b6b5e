package hostperf.journal;

import hostperf.classify.AgentWord;
import hostperf.repository.Intent;
import java.util.List;
import java.util.Optional;

/// One line of a run's journal. Those that announce an act (`…Intended`) are on disk before it.
public sealed interface Event {
  record Started(Setup setup) implements Event {}

  /// A profile was taken; `profiles/<profileId>.json` holds it.
  record Profiled(String profileId, String label) implements Event {}

  record Analyzed(String profileId, int hotspots) implements Event {}

  record Proposed(String profileId, String hotspotId, String recommended, Optional<AgentWord> word)
      implements Event {}

  record PatchIntended(Change change) implements Event {}

  record Patched(String patchId) implements Event {}

  /// An announced patch never came to be: recovered after a crash, or it failed to apply.
  record PatchWithdrawn(String patchId, String reason) implements Event {}

  record Tested(String patchId, TestSummary tests) implements Event {}

  /// One step of a measurement; `detail` is the measure organ's own JSON.
  record Measured(String patchId, String detail) implements Event {}

  record Validated(String patchId, Ruling ruling) implements Event {}

  /// A person decided about a suspicious gain.
  record HoldDecided(String patchId, boolean keep, String by) implements Event {}

  record RollbackIntended(String patchId, String reason, Intent intent) implements Event {}

  record RolledBack(String patchId) implements Event {}

  /// An announced rollback could not be done; the patch is still in.
  record RollbackFailed(String patchId, String reason) implements Event {}

  /// Files get another version's content for the length of a launch.
  record SwapIntended(Intent intent) implements Event {}

  /// They have their own content again.
  record SwapEnded() implements Event {}

  record Reported(String scope, List<String> files) implements Event {}

  /// Something a reader should know that changes nothing: a refused patch, an approval, a recovery.
  record Noted(String kind, String text) implements Event {}

  record FinishIntended(Intent intent) implements Event {}

  record Finished(String branch) implements Event {}
}
