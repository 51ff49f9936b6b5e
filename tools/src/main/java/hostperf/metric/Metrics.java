package hostperf.metric;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The figures of one launch.
///
/// @param values by the metric's name, in the order of the workload's metrics
/// @param missing the metrics that were not found, with what was tried
/// @param matches by the metric's name: how often its pattern matched; the last match counts, where
///     it is no series
/// @param within by the metric's name: the values of the launch's steady part, whose median counts;
///     a metric without a series is absent
public record Metrics(
    SequencedMap<String, Double> values,
    List<Missing> missing,
    Map<String, Integer> matches,
    Map<String, List<Double>> within) {
  public Metrics {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    missing = List.copyOf(missing);
    matches = Map.copyOf(matches);
    within = Map.copyOf(within);
  }

  /// @param reason what was looked for and what was found instead
  /// @param log the whole output
  public record Missing(Metric metric, String reason, Path log) {}

  public Optional<Double> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
