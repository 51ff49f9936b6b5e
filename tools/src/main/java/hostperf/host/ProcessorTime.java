package hostperf.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The processor time of a command with all its descendants, as Linux adds it up for this process's
/// children once they have ended.
///
/// The sum does not say which child a second belongs to, so there is a figure only for a command
/// that ran alone, and none where there is no `/proc`. Work done elsewhere on the command's behalf
/// (a container's daemon, another host) is not in it.
final class ProcessorTime {
  private static final Path STAT = Path.of("/proc/self/stat");
  // Fixed by Linux for what `/proc` shows, whatever the kernel's own tick is.
  private static final int TICKS_A_SECOND = 100;
  // Fields 16 and 17 of proc_pid_stat(5), counted from the third, which follows the name.
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private static final ProcessorTime SHARED = new ProcessorTime();

  private int running;
  private long begun;

  /// The one of this process: the sum that is read is the process's too.
  static ProcessorTime shared() {
    return SHARED;
  }

  /// A command that is under way.
  ///
  /// @param number the how-many-eth command of this process it is
  /// @param before the sum when it began; absent where another one ran
  record Running(long number, Optional<Duration> before) {}

  synchronized Running begin() {
    boolean alone = running++ == 0;
    return new Running(++begun, alone ? spent() : Optional.empty());
  }

  /// Its processor time; to be called once all its processes have ended.
  synchronized Optional<Duration> end(Running command) {
    running--;
    return command.number() == begun
        ? command.before().flatMap(before -> spent().map(after -> after.minus(before)))
        : Optional.empty();
  }

  private static Optional<Duration> spent() {
    try {
      String stat = Files.readString(STAT, StandardCharsets.ISO_8859_1);
      // pid (name) state …; the name may hold spaces and brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
      return Optional.of(Duration.ofMillis(ticks * 1000 / TICKS_A_SECOND));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }
}
