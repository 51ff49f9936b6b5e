package hostperf.measure;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Warnings about what a measurement ran under. They never change a verdict: pairs and intervals
/// carry the noise. They tell a person what to steady.
final class Conditions {
  /// Half a runnable thread more than there are CPUs. It counts our own launches too, so it is a
  /// hint only, where nothing tells what others used.
  private static final double LOAD_PER_CPU = 1.5;

  /// NVIDIA's data centre GPUs begin to slow themselves a little above.
  private static final double CELSIUS = 85;

  /// Clocks that wander further than this move throughput by more than most gains looked for.
  private static final double CLOCK_SPREAD = 0.05;

  /// Power that differs so much between launches of one workload means another state of the GPU.
  private static final double POWER_SPREAD = 0.2;

  private Conditions() {}

  static List<String> warnings(List<Sample> samples) {
    List<Sample> taken = samples.stream().filter(Sample::isTaken).toList();
    return Stream.of(
            load(taken),
            above(taken, name -> name.contains("temperature"), CELSIUS),
            spread(taken, name -> name.contains("clocks."), CLOCK_SPREAD),
            spread(taken, name -> name.endsWith("power.draw"), POWER_SPREAD),
            rest(samples))
        .flatMap(Optional::stream)
        .toList();
  }

  /// Launches that others disturbed do not count; this is of those where that is not known.
  private static Optional<String> load(List<Sample> samples) {
    var unknown =
        samples.stream()
            .filter(s -> s.launched().surroundings().others(1, Optional.of(0.0)).isEmpty())
            .toList();
    return names(unknown, Surroundings.LOAD_PER_CPU::equals)
        .filter(name -> values(unknown, name).getMax() > LOAD_PER_CPU)
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "`%s` was up to %.1f; hostperf cannot see whose load it was.",
                    name,
                    values(unknown, name).getMax()))
        .findFirst();
  }

  private static Optional<String> above(
      List<Sample> samples, Predicate<String> names, double limit) {
    return names(samples, names)
        .filter(name -> values(samples, name).getMax() > limit)
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "`%s` before a launch was up to %.2f; above %.2f something else is at work.",
                    name,
                    values(samples, name).getMax(),
                    limit))
        .findFirst();
  }

  private static Optional<String> spread(
      List<Sample> samples, Predicate<String> names, double limit) {
    return names(samples, names)
        .filter(
            name -> values(samples, name).getMin() < values(samples, name).getMax() * (1 - limit))
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "`%s` ranged from %.0f to %.0f; more than %.0f%% apart is unsteady.",
                    name,
                    values(samples, name).getMin(),
                    values(samples, name).getMax(),
                    limit * 100))
        .findFirst();
  }

  /// The halves of a pair share their conditions only if they follow each other.
  private static Optional<String> rest(List<Sample> samples) {
    return Schedule.complete(samples).stream()
        .filter(pair -> apart(pair).toSeconds() > 10 * pair.getFirst().launched().seconds() + 60)
        .map(
            pair ->
                String.format(
                    Locale.ROOT,
                    "The launches of pair %d lie %d minutes apart.",
                    pair.getFirst().slot().pair(),
                    apart(pair).toMinutes()))
        .findFirst();
  }

  private static Duration apart(List<Sample> pair) {
    return Duration.between(pair.getFirst().launched().at(), pair.getLast().launched().at()).abs();
  }

  private static Stream<String> names(List<Sample> samples, Predicate<String> wanted) {
    return samples.stream()
        .flatMap(sample -> sample.launched().surroundings().before().keySet().stream())
        .distinct()
        .filter(wanted)
        .sorted();
  }

  private static DoubleSummaryStatistics values(List<Sample> samples, String name) {
    return samples.stream()
        .map(sample -> sample.launched().surroundings().before())
        .filter(conditions -> conditions.containsKey(name))
        .mapToDouble(conditions -> conditions.getOrDefault(name, 0.0))
        .summaryStatistics();
  }
}
