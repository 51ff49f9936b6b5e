package hostperf.host;

import java.time.Duration;

/// How a command ended.
///
/// @param end exited by itself, or ended by us at its limit, or on request
/// @param exitCode the exit status; meaningful when `end` is EXITED
/// @param output standard output and error as one text. Up to `KEPT` characters; from a longer
///     output the beginning and the end are kept, with a line between them that says how much is
///     left out
/// @param duration from start to end, wall clock
public record Finished(End end, int exitCode, String output, Duration duration) {
  /// Characters of output kept in memory, half of it from each end.
  public static final int KEPT = 2_000_000;

  /// Why the command is no longer running.
  public enum End {
    EXITED,
    TIMED_OUT,
    CANCELLED
  }

  public boolean succeeded() {
    return end == End.EXITED && exitCode == 0;
  }
}
