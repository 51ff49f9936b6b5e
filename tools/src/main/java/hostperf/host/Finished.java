package hostperf.host;

import java.time.Duration;
import java.util.Optional;

/// How a command ended.
///
/// @param end exited by itself, or ended by us at its limit, or on request
/// @param exitCode the exit status; meaningful when `end` is EXITED
/// @param output standard output and error as one text. Up to `KEPT` characters; from a longer
///     output the beginning and the end are kept, with a line between them that says how much is
///     left out
/// @param duration from start to end, wall clock
/// @param processor processor time of the command and its descendants; absent where it cannot be
///     told apart from that of other commands
public record Finished(
    End end, int exitCode, String output, Duration duration, Optional<Duration> processor) {
  /// Characters of output kept in memory, half of it from each end.
  public static final int KEPT = 2_000_000;

  /// Of a command whose processor time nobody read.
  public Finished(End end, int exitCode, String output, Duration duration) {
    this(end, exitCode, output, duration, Optional.empty());
  }

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
