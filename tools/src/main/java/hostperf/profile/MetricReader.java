package hostperf.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Picks metrics out of a program's output, line by line as it comes, so that nothing of a long log
/// is kept.
public final class MetricReader implements Consumer<String> {
  private static final Pattern COLOURS = Pattern.compile("\\x1b\\[[0-9;]*m");
  private final List<Metric> metrics;
  private final Map<String, String> last = new HashMap<>();
  private final Map<String, Integer> matches = new HashMap<>();
  private final Map<String, PatternSearch> searches = new HashMap<>();

  public MetricReader(List<Metric> metrics) {
    this.metrics = List.copyOf(metrics);
    metrics.forEach(m -> searches.put(m.name(), new PatternSearch(m.pattern())));
  }

  @Override
  public synchronized void accept(String line) {
    String plain = line.indexOf('\u001b') < 0 ? line : COLOURS.matcher(line).replaceAll("");
    metrics.forEach(metric -> find(metric, plain));
  }

  /// What was found.
  ///
  /// @param kept the output that was kept, searched as one text for what no single line had: a
  ///     pattern may reach over several lines
  /// @param log where the whole output lies, for those who look for what is missing
  public synchronized Metrics metrics(String kept, Path log) {
    var values = new LinkedHashMap<String, Double>();
    List<Metrics.Missing> missing = new ArrayList<>();
    for (Metric metric : metrics) {
      if (!last.containsKey(metric.name())) {
        find(metric, kept);
      }
      // What was found before the search had to end may not be the last.
      var stopped = search(metric).stopped();
      if (stopped.isPresent()) {
        missing.add(new Metrics.Missing(metric, stopped.get(), log));
        continue;
      }
      Optional<String> text = Optional.ofNullable(last.get(metric.name()));
      Optional<Double> number = text.flatMap(MetricReader::number);
      number.ifPresentOrElse(
          value -> values.put(metric.name(), value),
          () -> missing.add(new Metrics.Missing(metric, reason(metric, text), log)));
    }
    return new Metrics(values, missing, matches);
  }

  private void find(Metric metric, String text) {
    search(metric).last(text).ifPresent(found -> last.put(metric.name(), found));
  }

  private PatternSearch search(Metric metric) {
    return Objects.requireNonNull(searches.get(metric.name()));
  }

  private static Optional<Double> number(String text) {
    try {
      double value = Double.parseDouble(text.strip().replace(",", ""));
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static String reason(Metric metric, Optional<String> text) {
    return text.map(some -> "`" + some + "` is no number (" + metric.pattern().pattern() + ")")
        .orElse("no match for " + metric.pattern().pattern());
  }
}
