package hostperf.unittest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How the checkout's tests are started.
///
/// @param arguments a program and its arguments that end in pytest's own, so that tests and
///     options can be added behind them
/// @param directory the checkout
/// @param limit for one start of the command
public record TestCommand(
    List<String> arguments, Path directory, Map<String, String> environment, Duration limit) {
  public TestCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
