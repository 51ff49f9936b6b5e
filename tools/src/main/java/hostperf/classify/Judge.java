package hostperf.classify;

import hostperf.catalog.TypeHead;
import hostperf.classify.Hotspot.Candidate;
import hostperf.classify.Hotspot.Decision;
import hostperf.classify.Hotspot.Judgement;
import hostperf.classify.Hotspot.Mark;
import hostperf.classify.Hotspot.RuledOut;
import hostperf.classify.facts.Fact;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Knowledge;
import hostperf.classify.facts.Known;
import hostperf.classify.facts.Scopes;
import hostperf.classify.facts.Spot;
import hostperf.classify.facts.TypeRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Holds the facts of a line against the heads of the types: which types they permit, in the order
/// of how often engineers went for them on such lines, and whether they settle one.
final class Judge {
  /// A type that engineers went for more rarely on such lines is not worth naming, unless a fact
  /// suggests it or could settle it.
  private static final double LEAST = 0.077;

  /// A decision is only made where they mostly went for it.
  private static final double MOSTLY = 0.31;

  private final List<TypeRules> rules;

  Judge(List<TypeHead> heads) {
    this.rules = TypeRules.of(heads);
  }

  /// @param share how often engineers went for it on labelled lines with such facts, 0 to 1
  private record Ranked(TypeRules rules, double share) {}

  /// @param nearby what is known of the other costly statements of the function
  Judgement judge(Spot spot, Knowledge known, Set<Known> nearby) {
    var facts = known.facts();
    var ranked = ranked(facts, nearby);
    var decision = decision(facts, ranked);
    var candidates =
        IntStream.range(0, ranked.size())
            .filter(i -> isWorthNaming(ranked.get(i), i, facts, decision))
            .mapToObj(i -> candidate(ranked.get(i).rules(), spot, facts))
            .toList();
    return new Judgement(
        mark(facts),
        Scopes.of(spot),
        facts,
        candidates,
        ruledOut(facts),
        decision,
        decision.isPresent() ? Optional.empty() : question(spot, known, candidates));
  }

  /// What the line's measured facts ask, else a type for which something speaks, else what was
  /// measured of its function. Where nothing speaks, it is the likeliest type that has a question
  /// about such a line, else whether the line is needed; but only of a target.
  private Optional<String> question(Spot spot, Knowledge known, List<Candidate> candidates) {
    return Stream.of(
            known.questions().stream(),
            candidates.stream().flatMap(c -> c.open().stream()),
            known.later().stream(),
            candidates.stream()
                .filter(_ -> mark(known.facts()) == Mark.TARGET)
                .flatMap(c -> TypeQuestion.of(rules(c.type()), spot).stream()),
            Stream.of(TypeQuestion.asked(rules(HotspotType.DEAD_WORK), spot))
                .filter(_ -> mark(known.facts()) == Mark.TARGET))
        .flatMap(questions -> questions)
        .findFirst();
  }

  private TypeRules rules(HotspotType type) {
    return rules.stream().filter(r -> r.type() == type).findFirst().orElseThrow();
  }

  private static boolean isWorthNaming(
      Ranked type, int place, List<Fact> facts, Optional<Decision> decision) {
    return place == 0
        || type.share() >= LEAST
        || type.rules().isSuggested(facts)
        || decision.filter(d -> d.type() == type.rules().type()).isPresent();
  }

  private List<Ranked> ranked(List<Fact> facts, Set<Known> nearby) {
    var permitted = rules.stream().filter(r -> r.isPermitted(facts)).toList();
    double sum = permitted.stream().mapToDouble(r -> Math.exp(r.weight(facts, nearby))).sum();
    return permitted.stream()
        .map(r -> new Ranked(r, Math.exp(r.weight(facts, nearby)) / sum))
        .sorted(Comparator.comparingDouble(r -> -r.share()))
        .toList();
  }

  /// What settles a type outright, unless it settles two; else what decides the type that comes
  /// first, where labelled lines like this were mostly of that type.
  private static Optional<Decision> decision(List<Fact> facts, List<Ranked> ranked) {
    var settled = ranked.stream().filter(r -> !r.rules().settling(facts).isEmpty()).toList();
    if (settled.size() == 1) {
      return Optional.of(of(settled.getFirst(), settled.getFirst().rules().settling(facts)));
    }
    return ranked.stream()
        .limit(settled.isEmpty() ? 1 : 0)
        .filter(r -> r.share() >= MOSTLY)
        .filter(r -> !r.rules().deciding(facts).isEmpty())
        .map(r -> of(r, r.rules().deciding(facts)))
        .findFirst();
  }

  private static Decision of(Ranked ranked, List<Fact> because) {
    return new Decision(
        ranked.rules().type(), Decision.By.FACTS, because.stream().map(Fact::text).toList());
  }

  /// A type for which nothing of the line speaks asks nothing either.
  private static Candidate candidate(TypeRules rules, Spot spot, List<Fact> facts) {
    var speaking = rules.speaking(facts);
    return new Candidate(
        rules.type(),
        words(speaking),
        words(rules.contradicting(facts)),
        speaking.isEmpty() ? List.of() : TypeQuestion.of(rules, spot).stream().toList());
  }

  private static List<String> words(List<Fact> facts) {
    return facts.stream().map(f -> f.known().word()).toList();
  }

  private List<RuledOut> ruledOut(List<Fact> facts) {
    var out = new ArrayList<RuledOut>();
    for (var each : rules) {
      each.ruledOut(facts).ifPresent(f -> out.add(new RuledOut(each.type(), f.text())));
    }
    return out;
  }

  /// The device works where a graph is replayed, and where what is named like the model or a graph
  /// was seen to launch its work, or to leave the interpreter lock alone.
  private static Mark mark(List<Fact> facts) {
    var known = EnumSet.noneOf(Known.class);
    facts.forEach(f -> known.add(f.known()));
    boolean named = known.contains(Known.RUNS_MODEL) || known.contains(Known.REPLAYS_GRAPH);
    boolean seen = known.contains(Known.DID_LAUNCH) || known.contains(Known.LOCK_NOT_HELD);
    boolean replays = facts.stream().anyMatch(f -> f.known() == Known.REPLAYS_GRAPH && f.isFirm());
    if (known.contains(Known.DID_REPLAY) || replays || (named && seen)) {
      return Mark.DEVICE;
    }
    boolean waits =
        known.contains(Known.WAITS_BY_MAP)
            || known.contains(Known.WAITS_FOR_EVENT)
            || known.contains(Known.DID_WAIT);
    return waits ? Mark.WAITS : Mark.TARGET;
  }
}
