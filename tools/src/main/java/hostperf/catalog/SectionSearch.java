package hostperf.catalog;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import hostperf.catalog.References.Match;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  private final List<Scored> sections;
  private final Map<String, Long> sectionsWith;
  private final double meanLength;

  private SectionSearch(List<Scored> sections) {
    this.sections = sections;
    this.sectionsWith =
        sections.stream()
            .flatMap(s -> s.counts().keySet().stream())
            .collect(groupingBy(w -> w, counting()));
    this.meanLength = sections.stream().mapToLong(Scored::length).average().orElse(1);
  }

  static SectionSearch over(List<Unit> units) {
    return new SectionSearch(units.stream().map(Scored::of).toList());
  }

  List<Match> best(String query, Optional<String> type) {
    var words = words(query).distinct().toList();
    return sections.stream()
        .filter(s -> type.isEmpty() || s.unit().speaksOf(type.get()))
        .map(s -> match(s, words))
        .filter(m -> m.score() > 0)
        .sorted(
            Comparator.comparingDouble(Match::score)
                .reversed()
                .thenComparing(Match::path)
                .thenComparing(Match::heading))
        .toList();
  }

  private Match match(Scored section, List<String> query) {
    var score = query.stream().mapToDouble(word -> score(section, word)).sum();
    var unit = section.unit();
    return new Match(
        unit.path(), unit.title(), unit.heading(), excerpt(unit.lines(), query), score);
  }

  private double score(Scored section, String word) {
    var count = section.counts().getOrDefault(word, 0L);
    var with = sectionsWith.getOrDefault(word, 0L);
    var rarity = Math.log(1 + (sections.size() - with + 0.5) / (with + 0.5));
    var length = 1 - LENGTH + LENGTH * section.length() / meanLength;
    return rarity * count * (SATURATION + 1) / (count + SATURATION * length);
  }

  private static String excerpt(List<String> lines, List<String> query) {
    var start =
        lines.stream()
            .filter(line -> words(line).anyMatch(query::contains))
            .findFirst()
            .map(lines::indexOf)
            .orElse(0);
    var text = String.join(" ", lines.subList(start, lines.size())).strip().replaceAll("\\s+", " ");
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT - 1) + "…";
  }

  /// Lower-case words; `non_blocking` is found whole and as `non` and `blocking`. A plural counts
  /// as its singular.
  private static Stream<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map(r -> r.group().toLowerCase(Locale.ROOT))
        .flatMap(
            w ->
                w.contains("_")
                    ? Stream.concat(Stream.of(w), Stream.of(w.split("_")))
                    : Stream.of(w))
        .filter(w -> !w.isEmpty())
        .map(
            w ->
                w.length() > 3 && w.endsWith("s") && !w.endsWith("ss")
                    ? w.substring(0, w.length() - 1)
                    : w);
  }

  /// What is searched: a section with the page it stands on.
  record Unit(String path, String title, String heading, List<String> lines) {

    boolean speaksOf(String type) {
      var whole = Pattern.compile("(?<![A-Z_])" + Pattern.quote(type) + "(?![A-Z_])");
      return Stream.concat(Stream.of(title, heading), lines.stream())
          .anyMatch(text -> whole.matcher(text).find());
    }
  }

  private record Scored(Unit unit, Map<String, Long> counts, long length) {
    static Scored of(Unit unit) {
      var heading = words(unit.heading() + " " + unit.title()).toList();
      var body = unit.lines().stream().flatMap(SectionSearch::words).toList();
      var counts =
          Stream.concat(
                  Stream.generate(() -> heading).limit(HEADING_WEIGHT).flatMap(List::stream),
                  body.stream())
              .collect(groupingBy(w -> w, counting()));
      return new Scored(unit, counts, body.size());
    }
  }
}
