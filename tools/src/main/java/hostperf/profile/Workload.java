package hostperf.profile;

import hostperf.Refusal;
import hostperf.metric.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The program whose speed is at stake, and how to read it.
///
/// @param command an argument list, never a shell string
/// @param directory the folder it is started in, absolute
/// @param environment added to ours; a value here wins
/// @param timeout after it the whole process tree is ended
/// @param output a file, or a glob such as `out/*.txt`, relative to `directory`, whose content must
///     be the same after a patch
/// @param metrics the figures it prints, one of them primary
public record Workload(
    List<String> command,
    Path directory,
    Map<String, String> environment,
    Duration timeout,
    Optional<String> output,
    List<Metric> metrics) {
  public Workload {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    metrics = List.copyOf(metrics);
    if (command.isEmpty()) {
      throw new Refusal(
          "`workload.command` is empty.", "Give program and arguments, as a list of strings.");
    }
    long primaries = metrics.stream().filter(Metric::primary).count();
    if (!metrics.isEmpty() && primaries != 1) {
      throw new Refusal(
          primaries + " of the workload's metrics are primary.",
          "Set `primary: true` at exactly one of "
              + String.join(", ", metrics.stream().map(Metric::name).toList())
              + ".");
    }
  }

  /// The same program at a point.
  public Workload at(Point point) {
    var arguments = new ArrayList<>(command);
    arguments.addAll(point.append());
    var variables = new LinkedHashMap<>(environment);
    variables.putAll(point.environment());
    return new Workload(arguments, directory, variables, timeout, output, metrics);
  }

  /// The metric that decides; empty where the workload prints none and wall time has to do.
  public Optional<Metric> primary() {
    return metrics.stream().filter(Metric::primary).findFirst();
  }
}
