package hostperf.measure;

import hostperf.profile.Point;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// What one launch of the workload gave.
///
/// @param failure why it gave no usable sample: exit code, time-out, a metric that was not printed
/// @param metrics by name, as far as printed
/// @param output hash of the workload's output, where one is configured
/// @param seconds wall clock of the launch
/// @param processorSeconds of the launch with all its processes; absent where it cannot be told
/// @param matches by metric: how often its pattern matched
/// @param within by metric: what the launch printed of it in its steady part; the median is the
///     metric's value, since the launch is the sample
/// @param swapped of a launch that held both versions
public record Launched(
    Optional<String> failure,
    Map<String, Double> metrics,
    Surroundings surroundings,
    Optional<String> output,
    Instant at,
    double seconds,
    Optional<Double> processorSeconds,
    Map<String, Integer> matches,
    Map<String, List<Double>> within,
    Optional<Swapped> swapped) {
  public Launched {
    metrics = Map.copyOf(metrics);
    // Samples that an earlier version took lack it.
    matches = Map.copyOf(Objects.requireNonNullElse(matches, Map.of()));
    within = Map.copyOf(Objects.requireNonNullElse(within, Map.of()));
    swapped = Objects.requireNonNullElse(swapped, Optional.empty());
  }

  /// Of which no more than the figures is known.
  public Launched(
      Optional<String> failure,
      Map<String, Double> metrics,
      Surroundings surroundings,
      Optional<String> output,
      Instant at,
      double seconds) {
    this(failure, metrics, surroundings, output, at, seconds, Optional.empty(), Map.of());
  }

  /// Of a launch of one version that printed each metric once.
  public Launched(
      Optional<String> failure,
      Map<String, Double> metrics,
      Surroundings surroundings,
      Optional<String> output,
      Instant at,
      double seconds,
      Optional<Double> processorSeconds,
      Map<String, Integer> matches) {
    this(
        failure,
        metrics,
        surroundings,
        output,
        at,
        seconds,
        processorSeconds,
        matches,
        Map.of(),
        Optional.empty());
  }

  public Launched with(Swapped blocks) {
    return new Launched(
        failure,
        metrics,
        surroundings,
        output,
        at,
        seconds,
        processorSeconds,
        matches,
        within,
        Optional.of(blocks));
  }

  /// The launches at all points as one: its metrics have the points' names.
  ///
  /// @param each up to the first that failed
  static Launched together(SequencedMap<Point, Launched> each) {
    Map<String, Double> metrics = new HashMap<>();
    Map<String, Integer> matches = new HashMap<>();
    Map<String, List<Double>> within = new HashMap<>();
    each.forEach(
        (point, one) -> {
          one.metrics().forEach((name, value) -> metrics.put(point.of(name), value));
          one.matches().forEach((name, count) -> matches.put(point.of(name), count));
          one.within().forEach((name, values) -> within.put(point.of(name), values));
        });
    var first = each.firstEntry().getValue();
    var last = each.lastEntry();
    var outputs = each.values().stream().flatMap(l -> l.output().stream()).toList();
    return new Launched(
        last.getValue().failure().map(why -> "At %s: %s".formatted(last.getKey().name(), why)),
        metrics,
        first.surroundings(),
        outputs.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", outputs)),
        first.at(),
        each.values().stream().mapToDouble(Launched::seconds).sum(),
        each.values().stream().allMatch(l -> l.processorSeconds().isPresent())
            ? Optional.of(
                each.values().stream().mapToDouble(l -> l.processorSeconds().orElse(0.0)).sum())
            : Optional.empty(),
        matches,
        within,
        Optional.empty());
  }

  static Launched notStarted(Instant at, String why) {
    return new Launched(Optional.of(why), Map.of(), Surroundings.UNKNOWN, Optional.empty(), at, 0);
  }
}
