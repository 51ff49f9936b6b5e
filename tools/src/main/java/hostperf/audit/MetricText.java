package hostperf.audit;

import java.util.ArrayList;
import java.util.Arrays;
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

  private final List<Set<String>> words;

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
    return words.stream().flatMap(Set::stream).filter(w -> mentions(text, Set.of(w))).findFirst();
  }

  private static boolean mentions(String text, Set<String> words) {
    var lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  private static Set<String> words(Pattern pattern) {
    var all = new LinkedHashSet<String>();
    var found = WORD.matcher(String.join(" ", literals(pattern.pattern())));
    while (found.find()) {
      all.add(found.group().toLowerCase(Locale.ROOT));
    }
    var telling = new LinkedHashSet<>(all);
    telling.removeAll(COMMON);
    return telling.isEmpty() ? all : telling;
  }

  /// What a regular expression holds literally: its text without escapes of classes, groups' marks,
  /// sets and counts.
  private static List<String> literals(String pattern) {
    var plain =
        pattern
            .replaceAll("\\\\[pPx]\\{[^}]*\\}", " ")
            .replaceAll("\\\\[A-Za-z0-9]", " ")
            .replaceAll("\\(\\?<\\w+>|\\(\\?[a-zA-Z-]*[:=!>)]|\\(\\?<[=!]", " ")
            .replaceAll("(?<!\\\\)\\[(\\\\.|[^\\]\\\\])*\\]", " ")
            .replaceAll("\\{\\d+(,\\d*)?\\}", " ");
    return new ArrayList<>(Arrays.asList(plain.split("[^\\p{L}]+")));
  }
}
