package hostperf.audit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which printed texts the workload's metrics could be read from, judged by the words that the
/// metrics' patterns hold literally.
///
/// Values put into a text are taken to hold no such words; a text of values alone could be
/// anything and so can be read.
final class MetricText {
  private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");

  /// Words that say little alone: where a pattern holds others, those decide.
  private static final Set<String> COMMON =
      Set.of(
          ("total output input mean median average token tokens request requests time step steps"
                  + " number count sec second seconds per and the for end each max min")
              .split(" "));

  private final List<Set<MetricWord>> words;

  /// @param patterns none where they are not known: then any text could be read
  MetricText(List<Pattern> patterns) {
    words = patterns.stream().map(MetricText::words).toList();
  }

  /// @param literal the parts written out
  /// @param values whether values are put in beside them
  boolean canRead(String literal, boolean values) {
    return words.isEmpty()
        || values && !WORD.matcher(literal).find()
        || words.stream().anyMatch(w -> w.isEmpty() || mentions(literal, w));
  }

  /// A word of a metric that a text holds.
  Optional<String> wordIn(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return words.stream()
        .flatMap(Set::stream)
        .filter(w -> w.isIn(lower))
        .map(MetricWord::text)
        .findFirst();
  }

  private static boolean mentions(String text, Set<MetricWord> words) {
    var lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(w -> w.isIn(lower));
  }

  private static Set<MetricWord> words(Pattern pattern) {
    var all = new LinkedHashSet<>(MetricWord.of(pattern.pattern()));
    var telling = new LinkedHashSet<>(all);
    telling.removeIf(w -> COMMON.contains(w.text()));
    return telling.isEmpty() ? all : telling;
  }
}
