package hostperf.host;

import hostperf.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One program to start: an argument list, never a shell string.
///
/// @param arguments program and arguments, at least the program
/// @param directory the folder it is started in
/// @param environment added to this process's own environment; a value here wins
/// @param limit after it, the whole process tree is ended
/// @param log file that gets the whole output (standard output and error, interleaved); where
///     absent the output is only kept in memory, up to `Finished.KEPT` characters of each end
public record Command(
    List<String> arguments,
    Path directory,
    Map<String, String> environment,
    Duration limit,
    Optional<Path> log) {
  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (arguments.isEmpty()) {
      throw new Refusal(
          "The command is empty.", "Name a program and its arguments, as a list of strings.");
    }
  }

  public Command(Path directory, Duration limit, String... arguments) {
    this(List.of(arguments), directory, Map.of(), limit, Optional.empty());
  }
}
