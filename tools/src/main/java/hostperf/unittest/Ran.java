package hostperf.unittest;

import java.nio.file.Path;
import java.time.Duration;

/// What one start of the test command came to.
public sealed interface Ran {
  /// The whole output.
  Path log();

  /// Tests ran, and at least one passed or failed.
  record Reported(TestReport report, Duration duration, Path log) implements Ran {}

  /// Nothing can be said about the code.
  ///
  /// @param reason one sentence
  /// @param next what the caller can do about it
  record NotRun(Cause cause, String reason, String next, Path log) implements Ran {}

  /// Why nothing can be said.
  enum Cause {
    NO_TEST_RAN,
    NO_PYTEST,
    MISSING_PLUGIN,
    WRONG_USE,
    CRASHED,
    TIMED_OUT,
    CANCELLED
  }
}
