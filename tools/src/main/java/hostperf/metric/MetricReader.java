package hostperf.metric;

import hostperf.host.TerminalEscapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;

/// Picks metrics out of a program's output, line by line as it comes, so that nothing of a long log
/// is kept. A pattern that takes only a part of a number gives no value but the reason.
public final class MetricReader implements Consumer<String> {
  private static final int LONGEST_QUOTE = 120;
  private static final Series NONE = new Series();

  private final List<Metric> metrics;
  private final Map<String, Found> last = new HashMap<>();
  private final Map<String, Integer> matches = new HashMap<>();
  private final Map<String, Series> series = new HashMap<>();
  private final Map<String, PatternSearch> searches = new HashMap<>();

  /// The last match of a metric: the characters `from` to `to` of a line.
  private record Found(String line, int from, int to) {
    String text() {
      return line.substring(from, to);
    }
  }

  public MetricReader(List<Metric> metrics) {
    this.metrics = List.copyOf(metrics);
    metrics.forEach(m -> searches.put(m.name(), new PatternSearch(m.pattern())));
  }

  @Override
  public synchronized void accept(String line) {
    String plain = TerminalEscapes.without(line);
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
        find(metric, TerminalEscapes.without(kept));
      }
      // What was found before the search had to end may not be the last.
      var stopped = search(metric).stopped();
      if (stopped.isPresent()) {
        missing.add(new Metrics.Missing(metric, stopped.get(), log));
        continue;
      }
      Optional<Found> found = Optional.ofNullable(last.get(metric.name()));
      Optional<String> reason = reason(metric, found);
      reason.ifPresentOrElse(
          why -> missing.add(new Metrics.Missing(metric, why, log)),
          () ->
              found
                  .flatMap(f -> PrintedNumber.value(f.text()))
                  .map(last -> series(metric).median().orElse(last))
                  .ifPresent(value -> values.put(metric.name(), value)));
    }
    var within = new HashMap<String, List<Double>>();
    values.keySet().forEach(name -> within.put(name, series.getOrDefault(name, NONE).steady()));
    within.values().removeIf(List::isEmpty);
    return new Metrics(values, missing, matches, within);
  }

  private void find(Metric metric, String text) {
    search(metric)
        .last(text)
        .ifPresent(
            hit -> {
              last.put(metric.name(), found(text, hit.from(), hit.to()));
              matches.merge(metric.name(), hit.matches(), Integer::sum);
              PrintedNumber.value(text.substring(hit.from(), hit.to()))
                  .ifPresent(series(metric)::add);
            });
  }

  private Series series(Metric metric) {
    return series.computeIfAbsent(metric.name(), _ -> new Series());
  }

  private PatternSearch search(Metric metric) {
    return Objects.requireNonNull(searches.get(metric.name()));
  }

  /// The line of the match alone: the text may be all that was kept of a log.
  private static Found found(String text, int from, int to) {
    int start = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    int begin = Math.min(start, from);
    int end = text.indexOf('\n', to);
    return new Found(
        text.substring(begin, end < 0 ? text.length() : end), from - begin, to - begin);
  }

  /// Why there is no value; empty where there is one.
  private static Optional<String> reason(Metric metric, Optional<Found> found) {
    String pattern = metric.pattern().pattern();
    if (found.isEmpty()) {
      return Optional.of("no match for " + pattern);
    }
    Found match = found.get();
    Optional<MatchResult> torn = PrintedNumber.torn(match.line(), match.from(), match.to());
    if (torn.isPresent() && !isMeant(metric, match, torn.get())) {
      return Optional.of(torn(metric, match, torn.get()));
    }
    var spaced = PrintedNumber.spaced(match.line(), match.from(), match.to());
    if (spaced.isPresent()
        && GroupPattern.of(metric.pattern()).filter(GroupPattern::goesOnWithSpace).isEmpty()) {
      return Optional.of(torn(metric, match, spaced.get()));
    }
    return PrintedNumber.value(match.text()).isPresent()
        ? Optional.empty()
        : Optional.of("`" + brief(match.text()) + "` is not a number (" + pattern + ")");
  }

  private static boolean isMeant(Metric metric, Found match, MatchResult number) {
    return number.start() >= match.from()
        && match.line().charAt(match.to()) == ','
        && GroupPattern.of(metric.pattern()).filter(GroupPattern::endsAtComma).isPresent();
  }

  private static String torn(Metric metric, Found match, MatchResult number) {
    String rest =
        number.start() < match.from()
            ? "the number there is `%s`".formatted(number.group())
            : "the number goes on with `%s`"
                .formatted(match.line().substring(match.to(), number.end()));
    String better =
        GroupPattern.of(metric.pattern())
            .flatMap(p -> p.taking(match.line(), number))
            .map("; use %s"::formatted)
            .orElse(
                PrintedNumber.value(number.group()).isPresent()
                    ? "; let the pattern's group take all of it"
                    : "; print it in a form such as 9203.05 or 9,203.05");
    return "in the line `%s` the pattern %s matches `%s`, but %s%s"
        .formatted(
            brief(match.line().strip()),
            metric.pattern().pattern(),
            brief(match.text()),
            rest,
            better);
  }

  private static String brief(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
