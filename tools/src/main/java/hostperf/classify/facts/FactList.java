package hostperf.classify.facts;

import hostperf.classify.facts.Fact.Source;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Collects the facts of one statement; nodes among a sentence's values are quoted.
final class FactList {
  private static final Set<Known> OF_MAP =
      EnumSet.of(
          Known.WAITS_BY_MAP,
          Known.BOUND_BY_MAP,
          Known.COLLECTIVE,
          Known.RUNS_MODEL,
          Known.REPLAYS_GRAPH);

  /// Of a part of `a if test else b`.
  private static final String BRANCH = ", where it is evaluated";

  private final List<Fact> facts = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final List<String> later = new ArrayList<>();

  void measured(Known known, String sentence, Object... values) {
    add(known, Source.MEASURED, sentence, values);
  }

  /// A measured fact that raises a question.
  void asks(Known known, String sentence, String question) {
    measured(known, "%s", sentence);
    questions.add(question);
  }

  /// Questions of the function that count only where the line raises none.
  void asksLast(List<String> some) {
    later.addAll(some);
  }

  /// What the measured facts ask, in the order in which they were found.
  List<String> questions() {
    return questions;
  }

  List<String> later() {
    return later;
  }

  /// Where a pass looked at what lines do, what a name alone suggests and it did not see is no
  /// news. What the target's map names it cannot see, nor whether what runs is the model.
  void dropNames() {
    facts.removeIf(f -> f.source() == Source.NAMED && !OF_MAP.contains(f.known()));
  }

  /// Where what they say turned out to be worth nothing.
  void drop(Set<Known> worthless) {
    facts.removeIf(f -> worthless.contains(f.known()));
  }

  void seen(Known known, String sentence, Object... values) {
    add(known, Source.SEEN, sentence, values);
  }

  void named(Known known, String sentence, Object... values) {
    add(known, Source.NAMED, sentence, values);
  }

  /// Seen where the code shows on which device a value lies; else it is what its name suggests.
  void by(Origin origin, Known known, String sentence, Object... values) {
    add(
        known,
        origin.isSeen() ? Source.SEEN : Source.NAMED,
        sentence + "; " + origin.why(),
        values);
  }

  void add(Known known, Source source, String sentence, Object... values) {
    var text =
        sentence.formatted(
            Arrays.stream(values).map(v -> v instanceof Node n ? Spot.quote(n) : v).toArray());
    boolean isInBranch =
        Arrays.stream(values).anyMatch(v -> v instanceof Node n && Statements.isInBranch(n));
    facts.add(new Fact(known, source, isInBranch ? text + BRANCH : text));
  }

  /// One fact a kind, the best known one; measured first, then seen, then named.
  List<Fact> all() {
    var best = new java.util.LinkedHashMap<Known, Fact>();
    for (var fact : facts) {
      best.merge(fact.known(), fact, (a, b) -> b.source().compareTo(a.source()) < 0 ? b : a);
    }
    return best.values().stream().sorted(Comparator.comparing(Fact::source)).toList();
  }
}
