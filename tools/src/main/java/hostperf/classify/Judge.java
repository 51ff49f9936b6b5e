package hostperf.classify;

import hostperf.catalog.TypeHead;
import hostperf.classify.Hotspot.Candidate;
import hostperf.classify.Hotspot.Decision;
import hostperf.classify.Hotspot.Judgement;
import hostperf.classify.Hotspot.Mark;
import hostperf.classify.Hotspot.RuledOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Holds the facts of a line against the heads of the types: which types they permit, in the order
/// of how often engineers went for them on such lines, and whether they settle one.
final class Judge {
  /// A type that engineers went for more rarely on such lines is not worth naming, unless a fact
  /// that could settle it is known.
  private static final double LEAST = 0.077;

  private static final int MOST = 5;

  /// A decision is only made where they mostly went for it.
  private static final double MOSTLY = 0.55;

  private final List<TypeRules> rules;

  Judge(List<TypeHead> heads) {
    this.rules = TypeRules.of(heads);
  }

  /// @param share how often engineers went for it on labelled lines with such facts, 0 to 1
  private record Ranked(TypeRules rules, double share) {}

  Judgement judge(Spot spot, List<Fact> facts) {
    var ranked = ranked(facts);
    var decision = decision(facts, ranked);
    var candidates =
        IntStream.range(0, ranked.size())
            .filter(i -> isWorthNaming(ranked.get(i), i, facts))
            .mapToObj(i -> candidate(ranked.get(i).rules(), spot, facts))
            .toList();
    var kept =
        decision.isPresent()
                && candidates.stream().noneMatch(c -> c.type() == decision.get().type())
            ? added(candidates, decision.get(), spot, facts)
            : candidates;
    return new Judgement(
        mark(facts),
        Scopes.of(spot),
        facts,
        kept,
        ruledOut(facts),
        decision,
        decision.isPresent() || kept.isEmpty()
            ? Optional.empty()
            : kept.getFirst().open().stream().findFirst());
  }

  private static boolean isWorthNaming(Ranked type, int place, List<Fact> facts) {
    return place == 0 || type.rules().isSpoken(facts) || (place < MOST && type.share() >= LEAST);
  }

  private List<Candidate> added(
      List<Candidate> candidates, Decision decision, Spot spot, List<Fact> facts) {
    var all = new ArrayList<Candidate>();
    rules.stream()
        .filter(r -> r.type() == decision.type())
        .map(r -> candidate(r, spot, facts))
        .forEach(all::add);
    all.addAll(candidates);
    return all;
  }

  private List<Ranked> ranked(List<Fact> facts) {
    var permitted = rules.stream().filter(r -> r.isPermitted(facts)).toList();
    var weights = permitted.stream().mapToDouble(r -> r.weight(facts)).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += Math.exp(weight);
    }
    var ranked = new ArrayList<Ranked>();
    for (int i = 0; i < weights.length; i++) {
      ranked.add(new Ranked(permitted.get(i), Math.exp(weights[i]) / sum));
    }
    ranked.sort(Comparator.comparingDouble(r -> -r.share()));
    return ranked;
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

  private static Candidate candidate(TypeRules rules, Spot spot, List<Fact> facts) {
    return new Candidate(
        rules.type(),
        words(rules.speaking(facts)),
        words(rules.contradicting(facts)),
        List.of(Question.of(rules, spot)));
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

  private static Mark mark(List<Fact> facts) {
    if (facts.stream().anyMatch(f -> f.known() == Known.DID_REPLAY)) {
      return Mark.DEVICE;
    }
    boolean waits =
        facts.stream()
            .map(Fact::known)
            .anyMatch(
                k -> k == Known.WAITS_BY_MAP || k == Known.WAITS_FOR_EVENT || k == Known.DID_WAIT);
    return waits ? Mark.WAITS : Mark.TARGET;
  }
}
