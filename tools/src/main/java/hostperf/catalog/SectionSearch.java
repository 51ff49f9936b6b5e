package hostperf.catalog;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import hostperf.catalog.References.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Scores sections against a query by the words they share: rare words count more, repeated ones
/// less and less, long sections a little less (Okapi BM25 with its usual constants). Words of the
/// heading and of the page's title count as if they stood in the text more often.
final class SectionSearch {
  // Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), section 3.3.
  private static final double SATURATION = 1.2;
  private static final double LENGTH = 0.75;
  private static final int HEADING_WEIGHT = 4;
  private static final int EXCERPT = 300;
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*|\\d+");

  private final Set<String> query;
  private final Optional<String> type;

  /// @param type as in `References.search`
  SectionSearch(String query, Optional<String> type) {
    this.query = words(query + " " + type.orElse("")).collect(toUnmodifiableSet());
    this.type = type;
  }

  /// Best first; the section that is headed by the type itself comes before all.
  List<Match> best(List<Unit> units) {
    var sections = units.stream().map(this::counted).toList();
    var meanLength = sections.stream().mapToInt(s -> s.unit().length()).average().orElse(1);
    var rarity = query.stream().collect(toMap(w -> w, w -> rarity(w, sections)));
    return sections.stream()
        .filter(s -> !s.counts().isEmpty())
        .filter(s -> type.isEmpty() || s.unit().speaksOf(type.get()))
        .map(s -> match(s.unit(), s.score(rarity, meanLength)))
        .sorted(
            Comparator.comparing((Match m) -> !type.equals(Optional.of(m.heading())))
                .thenComparing(Comparator.comparingDouble(Match::score).reversed())
                .thenComparing(Match::path)
                .thenComparing(Match::heading))
        .toList();
  }

  private Counted counted(Unit unit) {
    var heading = hits(unit.heading() + " " + unit.title()).toList();
    var counts =
        Stream.concat(
                Stream.generate(() -> heading).limit(HEADING_WEIGHT).flatMap(List::stream),
                unit.lines().stream().flatMap(this::hits))
            .collect(groupingBy(w -> w, counting()));
    return new Counted(unit, counts);
  }

  private static double rarity(String word, List<Counted> sections) {
    var with = sections.stream().filter(s -> s.counts().containsKey(word)).count();
    return Math.log(1 + (sections.size() - with + 0.5) / (with + 0.5));
  }

  private Match match(Unit unit, double score) {
    return new Match(unit.path(), unit.title(), unit.heading(), excerpt(unit.lines()), score);
  }

  private String excerpt(List<String> lines) {
    var prose = withoutHeads(lines);
    var from = prose.stream().dropWhile(line -> hits(line).findAny().isEmpty()).toList();
    var text = String.join(" ", from.isEmpty() ? prose : from).strip().replaceAll("\\s+", " ");
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT - 1) + "…";
  }

  /// The lines without the YAML that a pattern begins with: that is for the program, and says less
  /// than the sentence below it.
  private static List<String> withoutHeads(List<String> lines) {
    var prose = new ArrayList<String>();
    boolean isHead = false;
    for (var line : lines) {
      if (isHead || line.strip().equals("```yaml")) {
        isHead = !line.strip().equals("```");
      } else {
        prose.add(line);
      }
    }
    return prose;
  }

  /// The words of the text that the query has. Most lines have none, which is cheap to see: a word
  /// and its normal form both contain the latter.
  private Stream<String> hits(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return query.stream().anyMatch(lower::contains)
        ? words(lower).filter(query::contains)
        : Stream.of();
  }

  /// Lower-case words; `non_blocking` is found whole and as `non` and `blocking`. A plural counts
  /// as its singular.
  private static Stream<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map(r -> r.group().toLowerCase(Locale.ROOT))
        .flatMap(SectionSearch::withParts)
        .map(SectionSearch::singular);
  }

  private static Stream<String> withParts(String word) {
    return word.contains("_")
        ? Stream.concat(Stream.of(word), Stream.of(word.split("_")).filter(part -> !part.isEmpty()))
        : Stream.of(word);
  }

  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  /// What is searched: a section with the page it stands on.
  record Unit(String path, String title, String heading, List<String> lines) {

    boolean speaksOf(String type) {
      var whole = Pattern.compile("(?<![A-Z_])" + Pattern.quote(type) + "(?![A-Z_])");
      return Stream.concat(Stream.of(title, heading), lines.stream())
          .anyMatch(text -> whole.matcher(text).find());
    }

    int length() {
      return lines.stream().mapToInt(String::length).sum();
    }
  }

  /// @param counts of the query's words that the section has
  private record Counted(Unit unit, Map<String, Long> counts) {

    double score(Map<String, Double> rarity, double meanLength) {
      var length = 1 - LENGTH + LENGTH * unit.length() / meanLength;
      return counts.entrySet().stream()
          .mapToDouble(
              e ->
                  rarity.getOrDefault(e.getKey(), 0.0)
                      * (e.getValue() * (SATURATION + 1))
                      / (e.getValue() + SATURATION * length))
          .sum();
    }
  }
}
