package hostperf.profile;

import hostperf.host.Finished;
import hostperf.host.TerminalEscapes;
import java.util.Optional;

/// How a launch ended, in words; of a Python program with the exception that ended it.
public final class EndWords {
  private static final String HEAD = "Traceback (most recent call last):";

  private static final int LONGEST = 200;

  private EndWords() {}

  /// Completes "it …": `ended with exit code 1 (KeyError: 'x')`.
  public static String of(Finished finished) {
    return switch (finished.end()) {
      case EXITED ->
          "ended with exit code %d%s"
              .formatted(
                  finished.exitCode(),
                  exception(finished.output()).map(" (%s)"::formatted).orElse(""));
      case TIMED_OUT -> "ran into workload.timeout and was ended";
      case CANCELLED -> "was cancelled";
    };
  }

  /// The last line of the last traceback.
  ///
  /// @param output of the program; lines of a traceback may have a prefix, such as a rank's
  static Optional<String> exception(String output) {
    String prefix = null;
    String last = null;
    for (String line : (Iterable<String>) output.lines()::iterator) {
      int head = line.indexOf(HEAD);
      if (head >= 0) {
        prefix = line.substring(0, head);
      } else if (prefix != null && isError(line, prefix)) {
        last = line.substring(prefix.length());
        prefix = null;
      }
    }
    return Optional.ofNullable(last).map(EndWords::shown);
  }

  /// Frames are indented below the head.
  private static boolean isError(String line, String prefix) {
    return line.startsWith(prefix)
        && line.length() > prefix.length()
        && !Character.isWhitespace(line.charAt(prefix.length()));
  }

  private static String shown(String line) {
    var clean = TerminalEscapes.without(line).replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }
}
