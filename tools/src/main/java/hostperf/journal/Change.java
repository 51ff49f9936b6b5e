package hostperf.journal;

import hostperf.classify.AgentWord;
import hostperf.repository.Intent;
import java.util.List;
import java.util.Optional;

/// One patch of a run.
///
/// @param patchId `patch-` and the round
/// @param round counted from 1
/// @param code what it does to the repository
/// @param origin where the patch came from and what it is aimed at
/// @param summary one line, for the commit and the report
/// @param findings what the audit noticed
public record Change(
    String patchId, int round, Code code, Origin origin, String summary, List<String> findings) {
  public Change {
    findings = List.copyOf(findings);
  }

  /// @param checkpoint the commit that a rollback returns to
  /// @param lines added and removed
  /// @param intent enough to finish or undo it after a crash
  public record Code(
      String checkpoint, String commit, List<String> files, int lines, Intent intent) {
    public Code {
      files = List.copyOf(files);
    }
  }

  /// @param how `option`, `patch`, `edits` or `worktree`
  /// @param profileId of the code that was patched; absent where none was taken since a patch was
  ///     kept
  /// @param hotspotId of that profile
  /// @param word the type that the agent names for the hotspot
  public record Origin(
      String how,
      Optional<String> profileId,
      Optional<String> hotspotId,
      Optional<String> optionId,
      Optional<String> pattern,
      Optional<String> draftedBy,
      Optional<AgentWord> word) {}
}
