package hostperf.journal;

import java.util.Map;
import java.util.Optional;

/// What is settled when a run starts and does not change after.
///
/// @param goal in the words of whoever started it
/// @param base the code the run begins from
/// @param configuration hash and text of `hostperf.yaml` as locked
/// @param environment identity of the machine at the start
/// @param handoff the trace's hand-over, as JSON, where one was given
public record Setup(
    String goal,
    int maxRounds,
    Base base,
    Locked configuration,
    Map<String, String> environment,
    Optional<String> handoff) {

  /// @param commit the commit the run starts from
  /// @param originalHeadName what HEAD named: a ref's full name, or the commit when detached
  /// @param branch the run's own
  /// @param started ISO-8601
  public record Base(String commit, String originalHeadName, String branch, String started) {
    /// The branch's short name, or the commit.
    public String originalBranch() {
      return originalHeadName.replaceFirst("^refs/heads/", "");
    }
  }

  /// @param sha256 of the whole text
  /// @param text with secrets hidden
  /// @param primaryMetric with its direction, as `output_throughput (tok/s, higher is better)`
  public record Locked(String sha256, String text, String primaryMetric) {}
}
