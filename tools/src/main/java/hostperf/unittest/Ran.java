package hostperf.unittest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What one start of the test command came to.
public sealed interface Ran {
  /// The whole output.
  Path log();

  /// Tests ran, and at least one passed or failed.
  ///
  /// @param reads which code and settings of the checkout they read; absent where it could not be
  ///     seen
  record Reported(TestReport report, Duration duration, Path log, Optional<Set<String>> reads)
      implements Ran {
    /// As if both had been one run.
    Reported and(Reported other) {
      var both =
          reads.flatMap(
              own ->
                  other.reads.map(
                      more -> {
                        var all = new HashSet<>(own);
                        all.addAll(more);
                        return (Set<String>) all;
                      }));
      return new Reported(report.and(other.report), duration.plus(other.duration), log, both);
    }
  }

  /// Nothing can be said about the code.
  ///
  /// @param reason one sentence
  /// @param next what the caller can do about it
  record NotRun(Cause cause, String reason, String next, Path log) implements Ran {}

  /// Why nothing can be said.
  enum Cause {
    NO_TEST_RAN,
    /// Some tests were left out.
    INTERRUPTED,
    /// Status and report contradict each other.
    MISMATCH,
    UNREADABLE_REPORT,
    /// By whomever, while they ran.
    CODE_CHANGED,
    NO_PYTEST,
    MISSING_PLUGIN,
    WRONG_USE,
    CRASHED,
    TIMED_OUT,
    CANCELLED
  }
}
