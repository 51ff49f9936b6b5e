package hostperf.classify;

import hostperf.catalog.TypeHead;
import hostperf.catalog.TypeHead.Labelled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One type's head from the page, with its facts looked up.
///
/// @param settles each set settles the type when all of it holds and something of it is firm
/// @param decides the same, where labelled lines with such facts were mostly of this type
record TypeRules(
    HotspotType type,
    Labelled labelled,
    List<Set<Known>> settles,
    List<Set<Known>> decides,
    Set<Known> needs,
    Set<Known> forbids,
    Map<Known, Labelled> speaks,
    Map<Known, Labelled> against,
    String question) {
  /// So many labelled lines stand for what is known without looking at the fact: it keeps a fact
  /// that was seen twice from deciding anything.
  private static final double PRIOR = 2;

  /// Facts overlap: each further one that says the same counts half as much as the one before.
  private static final double FURTHER = 0.5;

  /// @throws IllegalStateException where the page names an unknown type or fact
  static List<TypeRules> of(List<TypeHead> heads) {
    var rules = heads.stream().map(TypeRules::of).toList();
    var missing = EnumSet.allOf(HotspotType.class);
    rules.forEach(r -> missing.remove(r.type()));
    if (!missing.isEmpty()) {
      throw new IllegalStateException("hotspot-classification.md has no head for " + missing);
    }
    return rules;
  }

  private static TypeRules of(TypeHead head) {
    return new TypeRules(
        HotspotType.valueOf(head.type()),
        head.labelled(),
        head.settles().stream().map(TypeRules::known).toList(),
        head.decides().stream().map(TypeRules::known).toList(),
        known(head.needs()),
        known(head.forbids()),
        known(head.speaks()),
        known(head.against()),
        head.question());
  }

  private static Set<Known> known(Collection<String> words) {
    var known = new HashSet<Known>();
    words.forEach(w -> known.add(known(w)));
    return known;
  }

  private static Known known(String word) {
    return Arrays.stream(Known.values())
        .filter(k -> k.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "hotspot-classification.md names the unknown fact '" + word + "'"));
  }

  private static Map<Known, Labelled> known(Map<String, Labelled> counts) {
    var known = new EnumMap<Known, Labelled>(Known.class);
    counts.forEach((word, count) -> known.put(known(word), count));
    return known;
  }

  /// The firm fact that rules this type out; empty where none does.
  Optional<Fact> ruledOut(List<Fact> facts) {
    return facts.stream().filter(f -> forbids.contains(f.known()) && f.isFirm()).findFirst();
  }

  boolean isPermitted(List<Fact> facts) {
    return ruledOut(facts).isEmpty()
        && (needs.isEmpty() || facts.stream().anyMatch(f -> needs.contains(f.known())));
  }

  /// The facts that settle the type whatever else is known; empty where none do.
  List<Fact> settling(List<Fact> facts) {
    return held(settles, facts);
  }

  /// The facts that settle it where labelled lines like this were mostly of this type.
  List<Fact> deciding(List<Fact> facts) {
    return held(decides, facts);
  }

  /// Whether facts are known that could settle it.
  boolean isSpoken(List<Fact> facts) {
    return !settling(facts).isEmpty() || !deciding(facts).isEmpty();
  }

  /// The facts of the first set that holds. A name alone settles nothing: something of the set has
  /// to be measured or seen.
  private static List<Fact> held(List<Set<Known>> sets, List<Fact> facts) {
    for (var set : sets) {
      var held = facts.stream().filter(f -> set.contains(f.known())).toList();
      if (held.size() == set.size() && held.stream().anyMatch(Fact::isFirm)) {
        return held;
      }
    }
    return List.of();
  }

  /// How often, as a logarithm that only compares within one line, labelled lines with these facts
  /// had this type.
  double weight(List<Fact> facts) {
    double base = (labelled.part() + 0.5) / (labelled.whole() + 9);
    return Math.log(base) + sum(facts, speaks, base, 1) + sum(facts, against, base, -1);
  }

  private static double sum(
      List<Fact> facts, Map<Known, Labelled> counts, double base, int direction) {
    var ratios = new ArrayList<Double>();
    for (var fact : facts) {
      var count = counts.get(fact.known());
      if (count != null) {
        double share = (count.part() + PRIOR * base) / (count.whole() + PRIOR);
        ratios.add(Math.max(0, direction * Math.log(share / base)));
      }
    }
    ratios.sort((a, b) -> Double.compare(b, a));
    double sum = 0;
    double part = 1;
    for (var ratio : ratios) {
      sum += ratio * part;
      part *= FURTHER;
    }
    return direction * sum;
  }

  List<Fact> speaking(List<Fact> facts) {
    return facts.stream()
        .filter(
            f ->
                speaks.containsKey(f.known())
                    || Stream.concat(settles.stream(), decides.stream())
                        .anyMatch(d -> d.contains(f.known())))
        .toList();
  }

  List<Fact> contradicting(List<Fact> facts) {
    return facts.stream().filter(f -> against.containsKey(f.known())).toList();
  }
}
